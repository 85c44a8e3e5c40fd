"""Rows that the database refuses: of notices, directives, addressees and assignments."""

from datetime import date

from directives.models import (
    Addressee,
    Directive,
    DirectiveLink,
    MergedRow,
    Merger,
    NoticeState,
    Paragraph,
)
from directives.models import Role as Part
from directives.models.kinds import DeadlineKind
from directives.rules.lifecycle import LIVE, State
from tests.actions.rows import DAY, Making, again, changed
from tests.make import (
    DUE_ON,
    ISSUED_ON,
    at,
    make_addressee,
    make_agency,
    make_assignment,
    make_directive,
    make_group,
    make_notice,
    make_paragraph,
    make_session,
    make_user,
)


def paragraph_of(start: int, end: int) -> Paragraph:
    return Paragraph.objects.create(notice=make_notice(), position=1, start=start, end=end)


def dated(kind: str, due_on: date | None) -> Directive:
    return make_directive(deadline_kind=kind, due_on=due_on)


def linked(times: int) -> None:
    source, target = make_directive(), make_directive()
    for _ in range(times):
        DirectiveLink.objects.create(source=source, target=target, kind="repeats")


def linked_to_itself() -> None:
    directive = make_directive()
    DirectiveLink.objects.create(source=directive, target=directive, kind="amends")


def named(*bodies_and_roles: tuple[object, str]) -> None:
    directive = make_directive()
    for body, role in bodies_and_roles:
        make_addressee(directive, body, role)


def named_twice(make_body: Making) -> None:
    body = make_body()
    named((body, Part.SHARE), (body, Part.SHARE))


def two_leads(state: str, period: str = "") -> None:
    directive = make_directive()
    make_assignment(directive=directive, state=state, period=period)
    make_assignment(directive=directive)


def twice_given(state: str, period: str = "", role: str = Part.SHARE) -> None:
    directive, agency = make_directive(), make_agency()
    make_assignment(agency, directive=directive, role=Part.SHARE, state=state)
    make_assignment(agency, directive=directive, role=role, period=period)


def merger(**fields: object) -> Merger:
    agency, user = make_agency(), make_user()
    return Merger.objects.create(successor=agency, on=ISSUED_ON, basis="NQ", by=user, at=at(ISSUED_ON), **fields)


def moved_twice() -> None:
    row = {"merger": merger(), "thing": "assignment", "row": 1, "was": make_agency()}
    for _ in range(2):
        MergedRow.objects.create(**row)


REFUSED_WORK: dict[str, tuple[Making, ...]] = {
    "a_merger_is_taken_back_by_somebody": (
        lambda: merger(undone_at=at(DUE_ON)),
        lambda: merger(undone_by=make_user()),
    ),
    "moved_once_by_a_merger": (moved_twice,),
    "one_session_of_a_kind_a_day": (lambda: again(make_session(), title="Phiên họp khác"),),
    "one_live_notice_per_number": (
        lambda: again(make_notice()),
        lambda: again(make_notice(issued_on=date(2025, 1, 2)), issued_on=date(2025, 12, 31)),
        lambda: again(make_notice(), state=NoticeState.DRAFT),
    ),
    "one_notice_per_external_ref": (lambda: again(make_notice(external_ref="VB-1"), number=999_999),),
    "issued_notice_has_number_issuer_and_date": (
        lambda: make_notice(number=None),
        lambda: make_notice(issuer=None),
        lambda: make_notice(issued_on=None),
        lambda: make_notice(symbol=""),
        lambda: make_notice(symbol="", state=NoticeState.WITHDRAWN),
    ),
    "discarded_draft_has_no_text": (lambda: make_notice(state=NoticeState.DISCARDED),),
    "notice_is_issued_after_its_meeting": (lambda: make_notice(met_on=ISSUED_ON + DAY),),
    "one_paragraph_at_a_position": (lambda: again(make_paragraph(make_notice()), label="2"),),
    "paragraph_is_not_empty": (lambda: paragraph_of(5, 5), lambda: paragraph_of(5, 4)),
    "one_directive_at_a_position": (lambda: again(make_directive()),),
    "one_directive_per_external_ref": (lambda: again(make_directive(external_ref="1"), position=2),),
    "directive_quotes_something": (lambda: changed(make_directive(), quote_start=5, quote_end=5),),
    "handed_down_from_something": (lambda: make_directive(given_by=make_agency()),),
    "deadline_date_fits_its_kind": (
        lambda: dated(DeadlineKind.DATE, None),
        lambda: dated(DeadlineKind.PERIOD, None),
        lambda: dated(DeadlineKind.ONGOING, DUE_ON),
        lambda: dated(DeadlineKind.URGENT_UNDATED, DUE_ON),
        lambda: dated(DeadlineKind.NONE, DUE_ON),
        lambda: dated("someday", DUE_ON),
    ),
    "directives_linked_once": (lambda: linked(2),),
    "directive_is_not_linked_to_itself": (linked_to_itself,),
    "addressee_is_an_agency_or_a_group": (
        lambda: Addressee.objects.create(directive=make_directive(), role=Part.SHARE),
        lambda: make_addressee(make_directive(), make_agency(), Part.SHARE, group=make_group()),
    ),
    "a_group_never_leads": (lambda: named((make_group(), Part.LEAD)),),
    "one_lead_is_named": (lambda: named((make_agency(), Part.LEAD), (make_agency(), Part.LEAD)),),
    "agency_is_named_once": (lambda: named_twice(make_agency),),
    "group_is_named_once": (lambda: named_twice(make_group),),
    "one_live_lead": tuple(lambda state=state: two_leads(state) for state in LIVE),
    "one_live_assignment_per_agency_role_period": tuple(lambda state=state: twice_given(state) for state in LIVE),
    "done_has_its_day": (
        lambda: make_assignment(state=State.DONE, done_on=None),
        lambda: make_assignment(state=State.HANDED_IN, done_on=DUE_ON),
    ),
    "handed_in_has_its_day": (lambda: make_assignment(state=State.HANDED_IN, handed_in_on=None),),
    "due_after_assigned": (lambda: make_assignment(due_on=ISSUED_ON - DAY),),
}

"""Rows that the database refuses: of files to be read, of what they propose, of papers that are made and kept."""

from collections.abc import Callable

from django.utils import timezone

from accounts.models import Role
from directives.models import Intake, KeptPaper, ListRun, NoticeState, PaperSchedule, PaperTemplate, Proposal
from tests.make import (
    ISSUED_ON,
    at,
    make_agency,
    make_committee,
    make_directive,
    make_notice,
    make_paragraph,
    make_user,
)

SHA = "a" * 64


def intake(**fields: object) -> Intake:
    """A file that waits to be read, but for `fields`."""
    committee = make_committee()
    by = make_user(Role.SECRETARIAT, committee)
    told = {"committee": committee, "by": by, "at": at(ISSUED_ON), "name": "369.docx", "sha256": SHA}
    return Intake.objects.create(**told | fields)


def run_of_list(**fields: object) -> ListRun:
    """A list that waits to be checked, but for `fields`."""
    told = {"step": "check", "by": make_user(), "at": at(ISSUED_ON), "name": "a.xlsx", "sha256": SHA, "language": "vi"}
    return ListRun.objects.create(**{"notice": make_notice(state=NoticeState.DRAFT), **told, **fields})


def paper(**fields: object) -> KeptPaper:
    """A paper that waits to be made, but for `fields`."""
    told = {"kind": "overdue", "as_of": ISSUED_ON, "form": "docx", "language": "vi", "at": at(ISSUED_ON), "key": SHA}
    if "agency" not in fields:
        told["committee"] = make_committee()
    return KeptPaper.objects.create(by=make_user(), **told | fields)


def made(**fields: object) -> KeptPaper:
    """A paper that is made, but for `fields`."""
    return paper(**{"state": "made", "made_at": timezone.now(), "file": "papers/x", "sha256": SHA} | fields)


def schedule(**fields: object) -> PaperSchedule:
    """A paper that goes out each Monday, but for `fields`."""
    told = {"kind": "overdue", "form": "docx", "language": "vi", "rhythm": "weekly", "number": 1, "hour": 8}
    if "agency" not in fields:
        told["committee"] = make_committee()
    moment = at(ISSUED_ON)
    return PaperSchedule.objects.create(by=make_user(), at=moment, counts_from=moment, **told | fields)


def scheduled_twice() -> None:
    row = schedule()
    for key in ("a" * 64, "b" * 64):
        paper(schedule=row, key=key)


def templates_of(*numbers: int, state: str = "brought", **whose: object) -> None:
    """Templates of one kind of one committee."""
    whose = whose or {"committee": make_committee()}
    told = {**whose, "kind": "overdue", "name": "a.docx", "file": "templates/x", "sha256": SHA}
    for number in numbers:
        PaperTemplate.objects.create(number=number, state=state, by=make_user(), at=at(ISSUED_ON), **told)


def two_papers() -> None:
    for _time in range(2):
        paper()


def two_lists() -> None:
    run_of_list(notice=run_of_list().notice)


def proposal(**fields: object) -> Proposal:
    """A proposal of the first four letters of a draft, but for `fields`."""
    draft = make_notice(state=NoticeState.DRAFT)
    told = {"notice": draft, "paragraph": make_paragraph(draft), "start": 0, "end": 4, "found": {}}
    return Proposal.objects.create(**told | fields)


def taken_twice() -> None:
    directive = make_directive()
    for _time in range(2):
        proposal(directive=directive)


def same_file() -> None:
    for _time in range(2):
        make_notice(source_sha256=SHA)


REFUSED_INTAKES: dict[str, tuple[Callable[[], object], ...]] = {
    "one_list_at_a_time_for_a_notice": (two_lists,),
    "list_is_leased_while_it_is_read": (
        lambda: run_of_list(state="reading"),
        lambda: run_of_list(state="read", leased_until=timezone.now()),
    ),
    "list_reads_no_more_than_there_is": (lambda: run_of_list(done=2, total=1),),
    "template_is_of_one_body": (
        lambda: templates_of(1, committee=None),
        lambda: templates_of(1, committee=make_committee(), agency=make_agency()),
    ),
    "one_template_of_a_number": (lambda: templates_of(1, 1), lambda: templates_of(1, 1, agency=make_agency())),
    "one_template_in_use_for_a_kind": (lambda: templates_of(1, 2, state="in_use"),),
    "schedule_makes_one_paper_a_day": (scheduled_twice,),
    "schedule_is_of_one_body": (
        lambda: schedule(committee=None),
        lambda: schedule(agency=make_agency(), committee=make_committee()),
    ),
    "schedule_has_an_hour_of_the_day": (lambda: schedule(hour=24),),
    "schedule_has_a_day_that_comes": (
        lambda: schedule(number=6),
        lambda: schedule(rhythm="monthly", number=32),
        lambda: schedule(rhythm="session", number=31),
        lambda: schedule(rhythm="session", number=1, agency=make_agency()),
    ),
    "paper_is_made_once_at_a_time": (two_papers,),
    "paper_tells_of_one_body": (
        lambda: paper(committee=None),
        lambda: paper(agency=make_agency(), committee=make_committee()),
    ),
    "paper_is_leased_while_it_is_made": (
        lambda: paper(state="making"),
        lambda: paper(leased_until=timezone.now()),
    ),
    "paper_that_is_made_has_its_file": (
        lambda: made(file=""),
        lambda: made(sha256=""),
        lambda: made(made_at=None),
        lambda: paper(state="refused", file="papers/x"),
    ),
    "paper_has_no_more_than_all": (lambda: paper(done=2, total=1),),
    "intake_is_leased_while_it_is_read": (
        lambda: intake(state="reading"),
        lambda: intake(leased_until=timezone.now()),
    ),
    "intake_that_was_read_has_its_notice": (
        lambda: intake(state="read"),
        lambda: intake(notice=make_notice(state=NoticeState.DRAFT)),
    ),
    "intake_that_ended_keeps_no_file": (lambda: intake(state="refused", file="intakes/x"),),
    "intake_reads_no_more_than_there_is": (lambda: intake(done=2, total=1),),
    "proposal_is_not_empty": (lambda: proposal(start=4), lambda: proposal(start=5)),
    "one_proposal_of_a_directive": (taken_twice,),
    "one_live_notice_per_file": (same_file,),
}

ACCEPTED_INTAKES: dict[str, Callable[[], object]] = {
    "a list for a notice whose last one has ended": lambda: run_of_list(notice=run_of_list(state="read").notice),
    "two templates, of which none is in use": lambda: templates_of(1, 2),
    "the same paper, made anew": lambda: [made(), paper()],
    "an agency's paper of which nobody has counted the rows": lambda: paper(agency=make_agency(), done=500),
    "a file that waits": intake,
    "a proposal that nobody has taken": proposal,
    "the file of a notice that was withdrawn": lambda: [
        make_notice(source_sha256=SHA, state=NoticeState.WITHDRAWN),
        make_notice(source_sha256=SHA),
    ],
}

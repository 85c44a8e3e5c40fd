"""Rows that the database refuses: of notices that are amended, of their versions, and of what a draft decides."""

from collections.abc import Callable

from directives.models import AmendedPart, Amendment, Edition, NoticeState
from tests.actions.rows import changed
from tests.make import ISSUED_ON, at, make_assignment, make_directive, make_notice


def draft(**fields: object) -> object:
    """The draft of a corrected text of a notice in force, but for `fields`."""
    told = {"corrects": make_notice(), "number": None, "state": NoticeState.DRAFT}
    return make_notice(**told | fields)


def edition(number: int = 1, **fields: object) -> Edition:
    """A version of a notice, but for `fields`."""
    notice = fields.pop("notice", None) or make_notice()
    told = {"text": notice.text, "issued_on": ISSUED_ON, "at": at(ISSUED_ON), "by": notice.entered_by}
    return Edition.objects.create(notice=notice, number=number, **told | fields)


def decision(**fields: object) -> Amendment:
    """That a directive goes on unchanged, but for `fields`."""
    of = draft()
    told = {"draft": of, "directive": make_directive(of.corrects), "outcome": "keep", "seen_version": 1}
    return Amendment.objects.create(by=of.entered_by, at=at(ISSUED_ON), **told | fields)


def twice_decided() -> None:
    first = decision()
    decision(draft=first.draft, directive=first.directive)


def twice_numbered() -> None:
    first = edition()
    edition(notice=first.notice)


def twice_amended() -> None:
    told = {"draft": draft(), "assignment": make_assignment(), "change": "changed", "role": "lead", "at": at(ISSUED_ON)}
    for _time in range(2):
        AmendedPart.objects.create(**told)


REFUSED_AMENDING: dict[str, tuple[Callable[[], object], ...]] = {
    "a_corrected_text_has_no_number_of_its_own": (
        lambda: draft(number=402),
        lambda: draft(amends=make_notice()),
        lambda: draft(supersedes=make_notice()),
    ),
    "taken_up_by_the_notice_it_corrects": (lambda: changed(make_notice(), state=NoticeState.TAKEN_UP, text=""),),
    "one_version_of_a_number": (twice_numbered,),
    "directive_is_amended_once_by_a_notice": (twice_decided,),
    "only_a_changed_directive_has_a_new_statement": (lambda: decision(successor=make_directive()),),
    "assignment_is_amended_once_by_a_notice": (twice_amended,),
}

ACCEPTED_AMENDING: dict[str, Callable[[], object]] = {
    "the draft of a corrected text": draft,
    "two versions of a notice": lambda: edition(2, notice=edition().notice),
    "a directive that is stated anew": lambda: decision(outcome="change", successor=make_directive()),
}

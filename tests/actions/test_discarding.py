"""A draft that nobody goes on with: what goes, what stays, and who may give it up."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.attaching import atomic_with_files
from directives.actions.drafting import To, add_directive
from directives.actions.entering import amend_draft, discard, draft_notice, set_paragraphs
from directives.actions.issuing import issue
from directives.models import Addressee, Directive, Event, Notice, NoticeState, Paragraph, Role
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.a_draft import STRETCHES, TEXT
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_committee, make_indicator, make_ladder, make_notice, make_user

ISSUED = date(2024, 8, 9)
NOW = at(ISSUED)
WHY = {"reason": "Nhập nhầm văn bản."}


@pytest.fixture
def disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


class Desk:
    """A secretary with a whole draft, read from a file: two paragraphs, one of them a directive."""

    def __init__(self) -> None:
        make_ladder()
        self.committee, self.issuer, self.lead = make_committee(), make_agency(), make_agency()
        self.secretary = make_user(Office.SECRETARIAT, self.committee)
        self.who = {"by": self.secretary, "at": NOW}
        self.draft = self.enter()
        first, _second = set_paragraphs(self.draft, STRETCHES, **self.who)
        whom = [To(Role.LEAD, self.lead)]
        self.directive = add_directive(
            self.draft, quote="Đưa tiện ích lên VNeID", paragraph=first, addressees=whom, **self.who
        )

    def enter(self) -> Notice:
        whole = {"number": 369, "symbol": "TB-VPCP", "issuer": self.issuer, "issued_on": ISSUED, "text": TEXT}
        source = ("369.txt", TEXT.encode())
        return draft_notice(committee=self.committee, source=source, external_ref="vb-369", **whole, **self.who)


@pytest.fixture
def desk(db, disk) -> Desk:
    return Desk()


def kept(disk) -> int:
    return sum(path.is_file() for path in disk.rglob("*"))


def test_a_discarded_draft_leaves_its_header_and_its_history(desk, disk, django_capture_on_commit_callbacks):
    assert kept(disk) == 1
    with django_capture_on_commit_callbacks(execute=True):
        discard(desk.draft, **desk.who, **WHY)
        assert kept(disk) == 1  # until it is certain
    row = Notice.objects.get()
    assert (row.state, row.reference, row.text, row.source_file.name) == ("discarded", "369/TB-VPCP", "", "")
    assert [model.objects.count() for model in (Paragraph, Directive, Addressee)] == [0, 0, 0]
    assert kept(disk) == 0
    told = Event.objects.order_by("pk").values_list("verb", "after__state", "reason")
    assert list(told) == [
        ("draft", "draft", ""),
        ("split", None, ""),
        ("add_directive", None, ""),
        ("discard", "discarded", WHY["reason"]),
    ]


def take_back(desk) -> None:
    with atomic_with_files():
        discard(desk.draft, **desk.who)
        raise OSError("gone")


def test_what_is_taken_back_by_whoever_called_keeps_its_file(desk, disk, django_capture_on_commit_callbacks):
    with (
        nothing_changes(),
        django_capture_on_commit_callbacks(execute=True) as left,
        pytest.raises(OSError, match="gone"),
    ):
        take_back(desk)
    assert (left, kept(disk)) == ([], 1)


def test_the_number_and_the_reference_are_free_again(desk):
    with nothing_changes(), pytest.raises(Invalid):
        desk.enter()
    discard(desk.draft, **desk.who)
    assert desk.enter().reference == "369/TB-VPCP"


REFUSED = {
    "by an agency": (lambda d: {"by": make_user(Office.OFFICER, d.lead)}, NotAllowed),
    "by another committee": (lambda d: {"by": make_user(Office.SECRETARIAT)}, NotAllowed),
    "as it was before": (lambda d: {"version": 1}, Stale),
    "for a reason too long": (lambda d: {"reason": "x" * 20_001}, Invalid),
}


@pytest.mark.parametrize(("how", "refusal"), REFUSED.values(), ids=REFUSED)
def test_a_draft_is_not_discarded(desk, disk, how, refusal):
    how = desk.who | how(desk)
    with nothing_changes(), pytest.raises(refusal):
        discard(desk.draft, **how)
    assert kept(disk) == 1


def test_what_was_issued_is_withdrawn_and_not_discarded(desk):
    issue(desk.draft, unhandled_ok=True, **desk.who)
    with nothing_changes(), pytest.raises(WrongMoment, match="issued already"):
        discard(desk.draft, **desk.who)


def test_a_draft_with_a_target_is_not_discarded(desk):
    make_indicator(desk.committee, directive=desk.directive)
    with nothing_changes(), pytest.raises(Invalid, match="A target belongs to a directive"):
        discard(desk.draft, **desk.who)


ACTS = {
    "changed": lambda d: amend_draft(d.draft, subject="Khác", **d.who),
    "issued": lambda d: issue(d.draft, **d.who),
    "discarded again": lambda d: discard(d.draft, **d.who),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nothing_more_is_done_with_a_discarded_draft(desk, act):
    discard(desk.draft, **desk.who)
    with nothing_changes(), pytest.raises(WrongMoment, match="was discarded"):
        act(desk)


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Office.SECRETARIAT, 1), (Office.CHAIR, 0), (Office.AUDITOR, 0), (Office.ADMINISTRATOR, 0)],
)
def test_a_discarded_draft_is_seen_by_those_whose_it_was(db, role, seen):
    committee = make_committee()
    Notice.objects.filter(pk=make_notice(committee, state=NoticeState.DRAFT).pk).update(
        state=NoticeState.DISCARDED, text=""
    )
    body = committee if role in (Office.SECRETARIAT, Office.CHAIR) else None
    assert Notice.objects.visible_to(make_user(role, body), ISSUED).count() == seen
    assert not Notice.objects.kept().exists()

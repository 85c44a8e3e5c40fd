"""The desk that verifies: one hand-in after the other, its evidence beside it, two answers."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.models import Attachment, Event
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_indicator,
    make_ladder,
    make_notice,
    make_reading,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2025, 3, 10)
DUE_ON = date(2025, 3, 14)
FIRST = "/admin/directives/assignment/verification/"


class Pile:
    """Three results of one committee that wait, handed in on different days, and who looks at them."""

    def __init__(self) -> None:
        make_ladder()
        self.committee, self.agency = make_committee(), make_agency("Bộ Công an")
        self.notice = make_notice(self.committee)
        self.officer = make_user(Role.OFFICER, self.agency)
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.waiting = [self.hand_in(day) for day in (5, 3, 4)]
        self.client = visit(self.secretary)

    def hand_in(self, day: int, **fields):
        """A result handed in on that day of March."""
        row = make_assignment(
            self.agency,
            directive=make_directive(self.notice),
            state=State.HANDED_IN,
            handed_in_on=date(2025, 3, day),
            due_on=DUE_ON,
        )
        make_report(row, kind="hand_in", by=self.officer, at=at(date(2025, 3, day)), **fields)
        return row

    def page(self, row):
        return self.client.get(f"{FIRST}{row.pk}/")

    def answer(self, row, answer, **given):
        row.refresh_from_db()
        typed = {f"{answer}-{name}": value for name, value in given.items()}
        return self.client.post(f"{FIRST}{row.pk}/{answer}/", {f"{answer}-version": row.version, **typed})


@pytest.fixture
def pile():
    with time_machine.travel(at(MONDAY), tick=False), override("en"):
        yield Pile()


def test_the_pile_begins_with_what_waits_longest_and_goes_on_by_its_links(pile):
    fifth, third, fourth = pile.waiting
    assert pile.client.get(FIRST).url == f"{FIRST}{third.pk}/"
    place = pile.page(fourth).context["place"]
    assert (place.nth, place.total, place.before, place.after) == (2, 3, third.pk, fifth.pk)


def test_verifying_leads_to_the_next_and_at_last_to_an_empty_desk(pile):
    fifth, third, fourth = pile.waiting
    assert pile.answer(third, "verify").url == f"{FIRST}{fourth.pk}/"
    third.refresh_from_db()
    assert (third.state, third.done_on) == (State.DONE, date(2025, 3, 3))
    pile.answer(fourth, "verify")
    assert pile.answer(fifth, "verify").url == FIRST
    assert "Nothing waits for verification." in pile.client.get(FIRST).content.decode()


def test_returning_gives_a_reason_and_a_day_to_redo_it_by_and_leaves_the_deadline(pile):
    row = pile.waiting[0]
    pile.answer(row, "return", reason="Chưa kèm tài liệu.", redo_by="2025-03-20")
    row.refresh_from_db()
    assert (row.state, row.redo_by, row.due_on) == (State.IN_PROGRESS, date(2025, 3, 20), DUE_ON)
    assert row.reports.get().reason == "Chưa kèm tài liệu."


def test_a_sentence_is_chosen_without_a_script_and_stands_in_the_field_to_be_changed(pile):
    answer = pile.client.get(f"{FIRST}{pile.waiting[0].pk}/?reason=evidence")
    assert answer.context["returning"] is True
    assert answer.context["return_form"]["reason"].value().startswith("The report comes without evidence.")
    nothing = pile.client.get(f"{FIRST}{pile.waiting[0].pk}/?reason=nonsense")
    assert (nothing.context["returning"], nothing.context["return_form"]["reason"].value()) == (False, "")


def test_a_figure_is_verified_as_reported_unless_another_is_given(pile):
    row = pile.hand_in(6, figure=Decimal("45.5"), unit="%")
    pile.answer(row, "verify", verified_figure="45.5")
    report = row.reports.get()
    assert (report.figure, report.verified_figure, report.difference) == (Decimal("45.5"), Decimal("45.5"), 0)
    assert not Event.objects.filter(verb="correct_figure").exists()


def test_another_figure_stands_beside_the_reported_one_and_in_history(pile):
    row = pile.hand_in(6, figure=Decimal("45.5"), unit="%")
    pile.answer(row, "verify", verified_figure="40", reason="Theo số liệu thống kê.")
    report = row.reports.get()
    assert (report.figure, report.verified_figure, report.difference) == (Decimal("45.5"), Decimal(40), Decimal("-5.5"))
    event = Event.objects.get(verb="correct_figure")
    assert (event.before, event.after, event.reason) == ({"figure": "45.5"}, {"figure": "40"}, "Theo số liệu thống kê.")
    shown = pile.client.get(reverse("admin:directives_assignment_change", args=[row.pk])).content.decode()
    assert "figure 45.5 → 40" in shown
    assert "(−5.5)" in shown


REFUSED = {
    "another figure without a remark": ("verify", {"verified_figure": "40"}, 400),
    "no number": ("verify", {"verified_figure": "bốn mươi"}, 400),
    "too many digits": ("verify", {"verified_figure": "1" * 20}, 400),
    "a return without a reason": ("return", {"reason": " "}, 400),
    "a return to a day gone by": ("return", {"reason": "Thiếu", "redo_by": "2025-03-01"}, 400),
    "an older state of the page": ("verify", {"version": "0"}, 412),
}


@pytest.mark.parametrize(("answer", "given", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing_and_shows_what_was_typed(pile, answer, given, status):
    row = pile.hand_in(6, figure=Decimal("45.5"), unit="%")
    with nothing_changes():
        refused = pile.answer(row, answer, **given)
    assert refused.status_code == status
    form = refused.context[f"{answer}_form"]
    assert form.errors
    present = {"version": str(row.version)} if "version" in given else {}  # the page shows the row as it is now
    assert {name: form[name].value() for name in given} == given | present


def test_who_may_not_verify_reads_and_is_refused(pile):
    pile.client = visit(make_user(Role.AUDITOR))
    row = pile.waiting[0]
    assert "What is reported" in pile.page(row).content.decode()
    with nothing_changes():
        assert pile.answer(row, "verify").status_code == 403


def test_another_committees_result_is_not_there(pile):
    pile.client = visit(make_user(Role.SECRETARIAT, make_committee()))
    with nothing_changes():
        assert pile.page(pile.waiting[0]).status_code == 404
        assert pile.answer(pile.waiting[0], "verify").status_code == 404


def test_what_somebody_decided_meanwhile_is_told_and_not_decided_again(pile):
    row = pile.waiting[0]
    pile.answer(row, "verify")
    assert pile.page(row).url == reverse("admin:directives_assignment_change", args=[row.pk])
    with nothing_changes():
        assert pile.answer(row, "return", reason="Thiếu").status_code == 409


def test_the_figures_of_the_directives_targets_stand_beside_one_another(pile):
    row = pile.waiting[0]
    indicator = make_indicator(pile.committee, directive=row.directive, name_vi="Hồ sơ trực tuyến", unit="%")
    found = {"verified_value": Decimal("68.5"), "verified_by": make_user()}
    make_reading(indicator, MONDAY, agency=pile.agency, value=Decimal(71), **found)
    make_reading(indicator, date(2025, 3, 1), agency=pile.agency)
    (line,) = pile.page(row).context["figures"]
    assert (line.name, line.reported, line.verified, line.difference) == ("Hồ sơ trực tuyến (%)", "71", "68.5", "−2.5")


def test_a_page_costs_the_same_for_three_and_for_twenty(pile):
    def cost() -> int:
        row = pile.waiting[0]
        pile.page(row)
        with CaptureQueriesContext(connection) as queries:
            pile.page(row)
        return len(queries)

    few = cost()
    for day in range(1, 18):
        pile.hand_in(day)
    assert cost() == few <= 23


# --- evidence


def file_of(report, name, content_type, content):
    row = Attachment(report=report, name=name, size=len(content), sha256="0" * 64, content_type=content_type)
    row.file.save("x", ContentFile(content))
    return row


HOSTILE = b"<script>alert(1)</script>"
KINDS = {
    "a PDF": ("a.pdf", "application/pdf", "pdf", 200),
    "a picture": ("a.png", "image/png", "picture", 200),
    "a text": ("a.txt", "text/plain", "text", 404),
    "a Word file": ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "", 404),
    "a page of the web": ("a.html", "text/html", "", 404),
    "a drawing that can run scripts": ("a.svg", "image/svg+xml", "", 404),
}


@pytest.mark.parametrize(("name", "kind", "way", "status"), KINDS.values(), ids=KINDS)
def test_only_what_a_browser_shows_safely_is_shown_in_place(pile, name, kind, way, status):
    row = pile.waiting[0]
    file = file_of(row.reports.get(), name, kind, HOSTILE)
    page = pile.page(row)
    assert [one.way for one in page.context["files"]] == [way]
    assert HOSTILE.decode() not in page.content.decode()
    assert pile.client.get(reverse("admin:evidence", args=[file.uuid])).status_code == status


@pytest.mark.parametrize(("name", "kind"), [("a.pdf", "application/pdf"), ("a.png", "image/png")])
def test_a_file_in_place_can_load_and_run_nothing_and_only_we_frame_it(pile, name, kind):
    file = file_of(pile.waiting[0].reports.get(), name, kind, HOSTILE)
    answer = pile.client.get(reverse("admin:evidence", args=[file.uuid]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert ("sandbox" in policy) == (kind != "application/pdf")
    assert "no-store" in answer["Cache-Control"]


def test_evidence_is_for_those_who_see_the_assignment(pile):
    file = file_of(pile.waiting[0].reports.get(), "a.pdf", "application/pdf", HOSTILE)
    address = reverse("admin:evidence", args=[file.uuid])
    assert visit(make_user(Role.SECRETARIAT, make_committee())).get(address).status_code == 404
    assert visit(pile.officer).get(address).status_code == 403
    assert visit(make_user(Role.AUDITOR)).get(address).status_code == 200


def test_a_long_text_is_cut_and_says_so(pile):
    row = pile.waiting[0]
    file_of(row.reports.get(), "a.txt", "text/plain", "Kết quả\n".encode() * 5000)
    (one,) = pile.page(row).context["files"]
    assert (len(one.text), one.cut, one.text[:7]) == (20_000, True, "Kết quả")


def test_a_file_that_is_no_more_on_disk_does_not_break_the_page(pile):
    row = pile.waiting[0]
    for name, kind in (("a.txt", "text/plain"), ("a.pdf", "application/pdf")):
        gone = file_of(row.reports.get(), name, kind, HOSTILE)
        gone.file.storage.delete(gone.file.name)
    assert pile.page(row).status_code == 200
    assert pile.client.get(reverse("admin:evidence", args=[gone.uuid])).status_code == 404

"""The desk amends a notice in force: the new text, the decisions, what issuing will do, and the versions afterwards."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from directives.actions.issuing import withdraw_notice
from directives.models import Delivery, Directive, Event, Intake, Notice
from tests.actions.an_amendment import DUE, FIRST, FOURTH, LATER, NOW, SECOND, TEXT, Desk
from tests.actions.conftest import nothing_changes
from tracker.admin.words import facts_in_words
from tracker.delivery.rendering import Letters

LATER_FIRST = FIRST.replace("31/12/2024", "31/03/2025")
NEW_TEXT = f"1. {LATER_FIRST}\n2. {SECOND}\n3. {FOURTH}\n"


@pytest.fixture
def desk(db, client, time_machine) -> Desk:
    time_machine.move_to(NOW, tick=False)
    found = Desk()
    client.force_login(found.secretary)
    client.cookies["django_language"] = "en"
    found.client = client
    return found


def begun(desk: Desk, **fields) -> Notice:
    """The draft of a corrected text, as the first page makes it."""
    told = {"how": "corrects", "issued_on": "2024-09-10", "note": "Đính chính", "text": NEW_TEXT, **fields}
    answer = desk.client.post(reverse("admin:notice_amend", args=[desk.notice.pk]), told)
    assert answer.status_code == 302, answer.context["form"].errors
    return Notice.objects.get(state="draft")


def page(desk: Desk, name: str, *args: object, **data: object):
    address = reverse(f"admin:{name}", args=args)
    return desk.client.post(address, data, follow=True) if data else desk.client.get(address)


def form_of(answer) -> dict[str, object]:
    """What a person sends who changes nothing in the form that is shown."""
    form = answer.context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, "", [])}


def decided(desk: Desk, draft: Notice) -> None:
    """A later date for the first as it is read, the third withdrawn, the new sentence taken."""
    first, _second, third = desk.directives
    shown = page(desk, "amendment_restate", draft.pk, first.pk)
    page(desk, "amendment_restate", draft.pk, first.pk, **form_of(shown))
    page(desk, "amendment_decide", draft.pk, third.pk, outcome="withdraw", version=third.version)
    page(desk, "proposal_take", draft.pk, draft.proposals.open().get().pk, go="1")
    draft.refresh_from_db()


def test_the_first_page_begins_with_the_present_text(desk):
    answer = page(desk, "notice_amend", desk.notice.pk)
    assert answer.context["form"]["text"].value() == TEXT
    bad = desk.client.post(reverse("admin:notice_amend", args=[desk.notice.pk]), {"how": "corrects", "text": " "})
    assert (bad.status_code, sorted(bad.context["form"].errors)) == (200, ["file", "issued_on"])
    assert not Notice.objects.filter(state="draft").exists()


def test_what_may_not_come_in_or_says_nothing_new_becomes_no_draft(desk):
    address, told = reverse("admin:notice_amend", args=[desk.notice.pk]), {"how": "corrects", "issued_on": "2024-09-10"}
    file = SimpleUploadedFile("dinh-chinh.txt", NEW_TEXT.encode())
    for typed, field, sentence in (
        ({"text": NEW_TEXT, "secrecy": "secret"}, "secrecy", "A classified document must not be entered here"),
        ({"text": NEW_TEXT, "secrecy": "secret", "file": file}, "secrecy", "A classified document must not be entered"),
        ({"text": f"{TEXT}\n"}, "text", "This is the text of 369/TB-VPCP as it stands"),
        ({"text": TEXT, "how": "supersedes"}, "text", "This is the text of 369/TB-VPCP as it stands"),
    ):
        answer = desk.client.post(address, {**told, **typed})
        assert (answer.status_code, sentence in str(answer.context["form"].errors[field])) == (400, True)
    assert not Notice.objects.filter(state="draft").exists()
    assert not Intake.objects.exists()


def test_a_statement_that_was_changed_since_it_was_shown_is_not_written_over(desk):
    draft, first = begun(desk), desk.directives[0]
    typed = form_of(page(desk, "amendment_restate", draft.pk, first.pk))
    Directive.objects.filter(pk=first.pk).update(version=first.version + 1)
    address = reverse("admin:amendment_restate", args=[draft.pk, first.pk])
    late = desk.client.post(address, {**typed, "version": first.version})
    assert (late.status_code, "Somebody else changed this" in late.content.decode()) == (412, True)
    assert not draft.amendments.exists()
    again = desk.client.post(address, {**typed, "version": late.context["seen"]})
    assert (again.status_code, draft.amendments.get().outcome) == (302, "change")


def test_the_comparison_asks_for_what_is_touched_and_proposes_what_is_new(desk):
    draft = begun(desk)
    answer = page(desk, "notice_compare", draft.pk)
    told = answer.context["told"]
    assert [(one.directive.position, str(one.touch.found), one.is_open) for one in told.touched] == [
        (1, "changed", True),
        (3, "gone", True),
    ]
    said = answer.content.decode()
    for words in ("The sentence is changed", "The sentence is gone", "Deadline: 31/12/2024 → 31/03/2025"):
        assert words in said
    assert "Not named here any more" not in said
    assert [one.directive.position for one in told.untouched] == [2]
    assert answer.context["n_proposals"] == 1
    assert "<del><span" in said


def test_a_new_statement_begins_with_what_was_issued_and_what_is_read(desk):
    draft = begun(desk)
    form = page(desk, "amendment_restate", draft.pk, desk.directives[0].pk).context["form"]
    assert (form["quote"].value(), form["wording"].value()) == (LATER_FIRST, LATER_FIRST)
    assert (form["due_on"].value(), form["deadline_kind"].value()) == (LATER, "date")
    assert form["lead"].value() == f"agency:{desk.building.agency.pk}"


def test_from_the_new_text_to_its_issue(desk):
    draft = begun(desk)
    decided(desk, draft)
    shown = page(desk, "amendment_issue", draft.pk)
    plan = shown.context["plan"]
    assert (len(plan.redated), len(shown.context["given"]), len(shown.context["withdrawn"])) == (2, 1, 1)
    assert (plan.agencies, plan.people, shown.context["in_the_way"]) == (4, 8, [])
    told = page(desk, "amendment_issue", draft.pk, version=draft.version, seen=plan.seen)
    assert "369/TB-VPCP is amended: 4 assignments changed, 8 people are told." in told.content.decode()
    assert desk.assignment(1, desk.building).due_on == LATER
    assert [one.number for one in told.context["versions"].editions] == [1, 2]
    old = page(desk, "notice_version", desk.notice.pk, 1)
    new = page(desk, "notice_version", desk.notice.pk, 2)
    assert (old.context["edition"].text, new.context["edition"].text) == (TEXT, NEW_TEXT)
    assert dict(new.context["counts"]) == {"changed": 1, "same": 1, "added": 1, "removed": 1}
    assert page(desk, "notice_compare", draft.pk).status_code == 302


def test_the_message_says_in_words_what_changed_for_its_reader(desk):
    draft = begun(desk)
    decided(desk, draft)
    page(desk, "amendment_issue", draft.pk, version=draft.version)
    said = {}
    for office in (desk.building, desk.finance, desk.police):
        row = Delivery.objects.get(kind="amended", channel="email", recipient=office.officer)
        said[office] = Letters([row], at=NOW).write(row)
    first = said[desk.building]
    assert first.subject == "1 phần việc thay đổi: Thông báo kết luận số 369/TB-VPCP ngày 09/08/2024"
    assert "Văn bản được đính chính ngày 10/09/2024." in first.text
    assert "Thời hạn thay đổi từ 31/12/2024 thành 31/03/2025." in first.text
    assert "Nội dung thay đổi; trên đây là nội dung hiện hành." in first.html
    assert "Đã thu hồi: nhiệm vụ này không còn phải thực hiện." in said[desk.police].text
    assert SECOND not in said[desk.finance].text


def test_the_officer_reads_by_what_and_how_the_work_was_amended(desk):
    draft = begun(desk)
    decided(desk, draft)
    page(desk, "amendment_issue", draft.pk, version=draft.version)
    desk.client.force_login(desk.building.officer)
    row = desk.assignment(1, desk.building)
    said = desk.client.get(reverse("assignment", args=[row.uuid])).content.decode()
    assert "Amended by version 2 of 369/TB-VPCP, of 10/09/2024." in said
    assert "Deadline: 31/12/2024 → 31/03/2025." in said
    assert "amended the work" in said
    notice = desk.client.get(reverse("notice", args=[desk.notice.uuid])).content.decode()
    assert "Version 2: the text was corrected on 10/09/2024." in notice


def test_a_later_notice_goes_the_same_way(desk):
    text = f"1. {LATER_FIRST}\n2. {SECOND}\n"
    draft = begun(desk, how="supersedes", text=text)
    assert (draft.supersedes, draft.corrects) == (desk.notice, None)
    assert page(desk, "notice_issue", draft.pk).url == reverse("admin:amendment_issue", args=[draft.pk])
    in_the_way = page(desk, "amendment_issue", draft.pk).context["in_the_way"]
    assert in_the_way == [
        "Directive 1: please decide what becomes of it.",
        "Directive 3: its sentence is gone. Please decide what becomes of it.",
    ]


def test_what_was_withdrawn_meanwhile_is_said_and_nothing_is_done(desk):
    draft = begun(desk)
    decided(desk, draft)
    withdraw_notice(desk.notice, by=desk.secretary, at=NOW, reason="Ban hành nhầm")
    with nothing_changes():
        answer = page(desk, "amendment_issue", draft.pk, version=draft.version)
    assert answer.status_code == 409
    assert "369/TB-VPCP is not in force any more: it cannot be amended." in answer.content.decode()
    assert page(desk, "notice_compare", draft.pk).context["in_the_way"]


def test_what_would_do_something_else_than_was_shown_is_refused(desk):
    draft = begun(desk)
    decided(desk, draft)
    with nothing_changes():
        answer = page(desk, "amendment_issue", draft.pk, version=draft.version, seen="0" * 64)
    assert answer.status_code == 412
    assert "Somebody else changed this" in answer.content.decode()


def test_a_decision_on_what_is_no_longer_so_is_refused(desk):
    draft = begun(desk)
    first = desk.directives[0]
    with nothing_changes():
        answer = page(desk, "amendment_decide", draft.pk, first.pk, outcome="keep", version=first.version + 1)
    assert "Somebody else changed this" in answer.content.decode()


def test_the_comparison_costs_the_same_for_any_number_of_decisions(desk):
    costs = []
    draft = begun(desk, text=NEW_TEXT.replace(SECOND, SECOND.replace("dự án", "công trình")))
    for position, quote in ((1, LATER_FIRST), (2, SECOND.replace("dự án", "công trình"))):
        desk.restate(draft, position, quote, due_on=DUE.replace(day=position))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(desk, "notice_compare", draft.pk)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 25


def test_history_says_in_words_what_was_decided(db):
    kept = {"before": {"position": 3, "outcome": "keep"}, "after": {"position": 3, "outcome": "withdraw"}}
    many = {"after": {"verb": "set_deadline", "assignments": 12}}
    with override("vi"):
        facts = facts_in_words(Event(subject="notice:1", **kept)) + facts_in_words(
            Event(subject="bulkchange:1", **many)
        )
        assert [(fact.before, fact.after) for fact in facts] == [
            ("3", "3"),
            ("Giữ nguyên, tiếp tục thực hiện", "Đã thu hồi"),
            ("–", "đặt thời hạn mới"),
            ("–", "12"),
        ]

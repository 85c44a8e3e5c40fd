"""Two secretaries at one draft: its header, its directives, and what was issued or removed meanwhile."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from directives.models import Directive, Notice
from tests.actions.conftest import nothing_changes
from tests.edges.both_hands import hidden, saved
from tests.edges.desk_of import (
    Desk,
    as_shown,
    directive_form,
    drafted,
    header,
    make_desk,
)
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


@pytest.fixture
def desk(client) -> Desk:
    client.cookies["django_language"] = "en"
    return make_desk(client)


@pytest.fixture
def colleague(desk) -> Client:
    browser = Client()
    browser.cookies["django_language"] = "en"
    browser.force_login(make_user(Role.SECRETARIAT, desk.committee, name="Chị Lan"))
    return browser


def entered(desk: Desk) -> tuple[Notice, str]:
    """A draft with one directive, and where that is changed."""
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    return notice, reverse("admin:directive_change", args=[notice.pk, Directive.objects.get().pk])


def test_a_draft_of_two_hands(desk, colleague, time_machine):
    notice = drafted(desk)
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    saved(colleague, page, header(desk, signer="Nguyễn Sỹ Hiệp", subject="Một") | theirs, time_machine)
    answer = desk.client.post(page, header(desk, note="Ghi chú", subject="Hai") | shown)
    assert [(one.line.label, *one.versions[1:]) for one in answer.context["asked"]] == [("Subject", "Một", "Hai")]
    desk.client.post(page, hidden(answer) | {"_choose-subject": "theirs"})
    notice.refresh_from_db()
    assert (notice.subject, notice.signer, notice.note) == ("Một", "Nguyễn Sỹ Hiệp", "Ghi chú")


def test_a_directive_of_two_hands(desk, colleague, time_machine):
    notice, page = entered(desk)
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    more = [f"agency:{desk.other.pk}", f"agency:{desk.office.pk}"]
    saved(colleague, page, directive_form(desk, notice, coordinating=more, field="Y tế") | theirs, time_machine)
    answer = desk.client.post(
        page, directive_form(desk, notice, wording="Của tôi", coordinating=[]) | shown, follow=True
    )
    (directive,) = notice.directives.all()
    assert (directive.wording, directive.field) == ("Của tôi", "Y tế")
    assert {row.agency for row in directive.addressees.all()} == {desk.lead, desk.office}
    told = [str(message) for message in answer.context["messages"]]
    assert told[0] == "Merged with yours: Field; Coordinating – changed by Chị Lan at 10:31."


def test_what_makes_up_a_deadline_is_decided_together(desk, colleague, time_machine):
    notice, page = entered(desk)
    shown, theirs = as_shown(desk.client, page), as_shown(colleague, page)
    undated = directive_form(desk, notice, deadline_kind="urgent_undated", due_on="")
    assert saved(colleague, page, undated | theirs, time_machine).status_code == 302
    with nothing_changes():
        answer = desk.client.post(page, directive_form(desk, notice, due_on="2025-01-31") | shown)
    assert [one.line.label for one in answer.context["asked"]] == ["Kind of deadline", "Deadline"]
    assert answer.context["asked"][1].versions == ("31/12/2024", "–", "31/01/2025")


def test_a_directive_that_was_removed_or_issued_meanwhile_leaves_what_was_typed(desk, colleague):
    notice, page = entered(desk)
    typed = directive_form(desk, notice, wording="Đã gõ rất lâu") | as_shown(desk.client, page)
    notice.refresh_from_db()
    issue = {"version": notice.version, "unhandled_ok": "on"}
    assert colleague.post(reverse("admin:notice_issue", args=[notice.pk]), issue).status_code == 302
    with nothing_changes():
        answer = desk.client.post(page, typed)
    assert answer.status_code == 409
    assert ("Wording", "Đã gõ rất lâu") in answer.context["typed"]
    header_page = reverse("admin:directives_notice_change", args=[notice.pk])
    other = drafted_again(desk)
    gone = reverse("admin:directive_change", args=[other.pk, other.directives.get().pk])
    typed = directive_form(desk, other, wording="Đã gõ rất lâu") | as_shown(desk.client, gone)
    colleague.post(reverse("admin:directive_remove", args=[other.pk, other.directives.get().pk]))
    with nothing_changes():
        answer = desk.client.post(gone, typed)
    assert (answer.status_code, answer.context["sentence"]) == (
        409,
        "The directive was removed from the draft in the meantime.",
    )
    assert desk.client.post(header_page, header(desk)).status_code == 200


def drafted_again(desk: Desk) -> Notice:
    """Another draft with one directive."""
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, number="370"))
    notice = Notice.objects.get(number=370)
    desk.client.post(reverse("admin:notice_split", args=[notice.pk]))
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    return notice


def test_a_header_that_was_issued_meanwhile_leaves_what_was_typed(desk, colleague):
    notice, _page = entered(desk)
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    typed = header(desk, note="Ghi chú dài") | as_shown(desk.client, page)
    notice.refresh_from_db()
    colleague.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version, "unhandled_ok": "on"})
    with nothing_changes():
        answer = desk.client.post(page, typed)
    assert (answer.status_code, ("Note", "Ghi chú dài") in answer.context["typed"]) == (409, True)
    assert "issued already" in answer.context["sentence"]


# --- the split view


def test_a_paragraph_that_somebody_else_marked_or_cut_meanwhile_is_shown_again_and_left(desk, colleague):
    notice = drafted(desk)
    paragraph = notice.paragraphs.get(label="I.1")
    page = f"{reverse('admin:notice_paragraphs', args=[notice.pk])}?p={paragraph.pk}"
    mark = reverse("admin:paragraph_mark", args=[notice.pk, paragraph.pk])
    seen = desk.client.get(page).context["bench"].chosen.seen
    assert f'name="seen" value="{seen}"' in desk.client.get(page).content.decode()
    colleague.post(mark, {"handled_as": "target", "seen": seen})
    with nothing_changes():
        answer = desk.client.post(mark, {"handled_as": "information", "seen": seen}, follow=True)
    assert "Somebody else changed this in the meantime." in str(next(iter(answer.context["messages"])))
    again = answer.context["bench"].chosen.seen
    assert desk.client.post(mark, {"handled_as": "information", "seen": again}).status_code == 302
    paragraph.refresh_from_db()
    assert paragraph.handled_as == "information"


MANY_AT_ONCE = {
    "mark the rest": ("admin:notice_paragraphs", {"rest": "information"}),
    "mark as proposed": ("admin:proposals_mark", {}),
    "split anew": ("admin:notice_split", {}),
}


@pytest.mark.parametrize(("route", "typed"), MANY_AT_ONCE.values(), ids=MANY_AT_ONCE)
def test_what_concerns_all_paragraphs_is_done_to_the_draft_that_was_seen(desk, colleague, route, typed):
    notice = drafted(desk)
    seen = notice.version
    first = notice.paragraphs.order_by("position")[0]
    colleague.post(reverse("admin:paragraph_mark", args=[notice.pk, first.pk]), {"handled_as": "target"})
    with nothing_changes():
        desk.client.post(reverse(route, args=[notice.pk]), {**typed, "seen": seen})
    notice.refresh_from_db()
    answer = desk.client.post(reverse(route, args=[notice.pk]), {**typed, "seen": notice.version})
    assert answer.status_code == 302
    assert Notice.objects.get().version > notice.version


def test_a_paragraph_that_is_gone_leads_back_to_the_split_view(desk, colleague):
    notice = drafted(desk)
    paragraph = notice.paragraphs.get(label="I.1")
    mark = reverse("admin:paragraph_mark", args=[notice.pk, paragraph.pk])
    colleague.post(reverse("admin:notice_split", args=[notice.pk]))
    with nothing_changes():
        answer = desk.client.post(mark, {"handled_as": "target", "seen": ":1:2:3"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{reverse('admin:notice_paragraphs', args=[notice.pk])}?p=all",
    )


def test_a_draft_that_somebody_changed_is_issued_once_it_was_seen(desk, colleague):
    notice, page = entered(desk)
    notice.refresh_from_db()
    issue = reverse("admin:notice_issue", args=[notice.pk])
    typed = {"version": notice.version, "unhandled_ok": "on"}
    colleague.post(page, directive_form(desk, notice, wording="Khác") | as_shown(colleague, page))
    with nothing_changes():
        answer = desk.client.post(issue, typed)
    assert answer.status_code == 412
    assert desk.client.post(issue, typed | {"version": answer.context["form"]["version"].value()}).status_code == 302

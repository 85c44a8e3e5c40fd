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

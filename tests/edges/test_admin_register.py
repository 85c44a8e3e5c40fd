"""The register and the messages at the desk: read by many, changed by nobody, held or sent again by few."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from accounts.roles import Verb
from directives.actions.recording import record
from directives.models import Delivery, Event
from directives.rules.lifecycle import TABLE
from tests.actions.conftest import nothing_changes
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_delivery,
    make_directive,
    make_notice,
    make_reminder,
    make_user,
)
from tracker.admin.words import VERBS, facts_in_words, subject_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2025, 3, 10)  # a Monday


@pytest.mark.parametrize("room", ["event", "seal"])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT])
def test_nobody_adds_to_history_by_hand(client, role, room):
    client.force_login(make_user(role))
    with nothing_changes():
        assert client.post(reverse(f"admin:directives_{room}_add"), {"verb": "verify"}).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_changes_or_deletes_history(client, administrator, role):
    event = record(make_agency(), "add", by=administrator, at=at(TODAY))
    client.force_login(make_user(role))
    with nothing_changes():
        change = client.post(reverse("admin:directives_event_change", args=[event.pk]), {"verb": "verify"})
        delete = client.post(reverse("admin:directives_event_delete", args=[event.pk]), {"post": "yes"})
    assert (change.status_code, delete.status_code) == (403, 403)


def test_a_message_that_could_not_be_delivered_is_sent_again(client, administrator):
    dead = make_delivery(make_user(), state="dead", attempts=5, last_error="550")
    client.post(reverse("admin:delivery_verb", args=[dead.pk, "send-again"]))
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)


def test_what_was_sent_is_not_sent_again(client, administrator):
    sent = make_delivery(make_user(), state="sent")
    with nothing_changes():
        assert client.post(reverse("admin:delivery_verb", args=[sent.pk, "send-again"])).status_code == 409
        answer = client.post(
            reverse("admin:directives_delivery_changelist"),
            {"action": "send_chosen_again", "_selected_action": [sent.pk]},
            follow=True,
        )
    assert "This cannot be done now: the message was sent." in str(list(answer.context["messages"])[-1])
    assert Delivery.objects.get().state == "sent"


def escalated(committee: Any) -> Delivery:
    """A message to the chair of `committee`, waiting for the morning of the next day."""
    chair = make_user(Role.CHAIR, committee)
    message = make_delivery(chair, kind="escalated", due_at=at(date(2025, 3, 11), 7, 30))
    assignment = make_assignment(directive=make_directive(make_notice(committee)))
    make_reminder(message, assignment, 15, audience="chair")
    return message


def test_a_message_to_the_leadership_is_held_with_a_reason_and_let_go(client):
    committee = make_committee()
    message = escalated(committee)
    client.force_login(make_user(Role.SECRETARIAT, committee))
    client.post(reverse("admin:delivery_verb", args=[message.pk, "hold"]), {"reason": "Cơ quan báo cáo chiều nay"})
    message.refresh_from_db()
    assert (message.state, message.held_reason) == ("held", "Cơ quan báo cáo chiều nay")
    client.post(reverse("admin:delivery_verb", args=[message.pk, "release"]))
    message.refresh_from_db()
    assert message.state == "waiting"


def test_nothing_is_held_without_a_reason_or_by_another_committee(client):
    committee = make_committee()
    page = reverse("admin:delivery_verb", args=[escalated(committee).pk, "hold"])
    own, other = make_user(Role.SECRETARIAT, committee), make_user(Role.SECRETARIAT)
    statuses = []
    for user, reason in ((own, " "), (other, "Chờ")):
        client.force_login(user)
        with nothing_changes():
            statuses.append(client.post(page, {"reason": reason}).status_code)
    assert statuses == [400, 404]


# --- what cannot be delivered is found by somebody


def dead_digest() -> Delivery:
    """A digest of what is overdue, which reminds of nothing anew and so is of no committee."""
    return make_delivery(make_user(), kind="digest", state="dead", notice=None, assignment=None)


def test_an_administrator_finds_every_message_that_could_not_be_delivered(client, administrator):
    digest = dead_digest()
    pile, keys = client.get(reverse("admin:index")).context["waiting"]
    assert (keys.key, keys.total) == ("keys", 0)
    assert (pile.key, pile.total, pile.rows) == ("messages", 1, [digest])
    assert client.get(pile.url).context["pile"].rows == [digest]


@pytest.mark.parametrize(("role", "piles"), [(Role.AUDITOR, []), (Role.SECRETARIAT, [0])])
def test_a_digest_of_no_committee_troubles_nobody_else(client, role, piles):
    dead_digest()
    client.force_login(make_user(role))
    waiting = client.get(reverse("admin:index")).context["waiting"]
    assert [pile.total for pile in waiting if pile.key == "messages"] == piles


# --- the register in words


def test_an_event_says_what_changed_in_words(client, administrator):
    was, became = (
        {"state": "assigned", "due_on": "2024-12-31", "done_on": None, "agency": "bca"},
        {"state": "done", "due_on": "2025-01-15", "done_on": "2025-01-03", "agency": "bca"},
    )
    event = record(make_assignment(), "verify", by=administrator, at=at(TODAY), before=was, after=became)
    client.cookies["django_language"] = "vi"
    page = client.get(reverse("admin:directives_event_change", args=[event.pk])).content.decode()
    told = [(fact.name, fact.before, fact.after, fact.changed) for fact in facts_in_words(event)]
    assert told == [
        ("State", "Assigned", "Done", True),
        ("Deadline", "31/12/2024", "15/01/2025", True),
        ("Done on", "–", "03/01/2025", True),
        ("Agency", "bca", "bca", False),
    ]
    assert '<td data-label="Trước">Đã giao</td><td data-label="Sau">Đã hoàn thành</td>' in page


def test_an_event_names_agencies_roles_directives_and_decisions_instead_of_their_codes(administrator):
    bank = make_agency("Ngân hàng Nhà nước", code="nhnn", name_en="State Bank")
    directive, elsewhere = make_directive(), make_directive()
    named = [["lead", bank.code], ["share", "?"]]
    facts = {"directive": str(directive.uuid), "outcome": "withdraw", "addressees": named}
    event = record(directive.notice, "decide_amendment", by=administrator, at=at(TODAY), after=facts)
    assert [fact.after for fact in facts_in_words(event)] == [
        f"{directive.position}. {directive.wording}",
        "Withdrawn",
        "Lead: State Bank; Own share: ?",
    ]
    kept = {"directive": str(elsewhere.uuid)}
    other = record(directive.notice, "decide_amendment", by=administrator, at=at(TODAY), after=kept)
    assert [fact.after for fact in facts_in_words(other)] == [str(elsewhere.uuid)]


def test_an_event_names_the_row_that_it_is_about(client, administrator):
    notice, agency = make_notice(number=369, symbol="TB-VPCP"), make_agency("Bộ Y tế")
    told = {"shift": 5}
    named = [
        subject_words(record(row, "change", by=administrator, at=at(TODAY), after=told)) for row in (notice, agency)
    ]
    assert named == ["Notice: 369/TB-VPCP", "Agency: Bộ Y tế"]
    gone = Event.objects.order_by("-pk")[0]
    gone.subject = "agency:00000000-0000-0000-0000-000000000000"
    assert subject_words(gone) == "Agency: 00000000-0000-0000-0000-000000000000"
    assert [(fact.name, fact.after) for fact in facts_in_words(gone)] == [("Moved by working days", "5")]
    gone.subject = "savedfilter:x:y"
    assert subject_words(gone)
    page = client.get(reverse("admin:directives_event_change", args=[notice.events.get().pk])).content.decode()
    assert f"notice:{notice.uuid}" not in page


def verbs_written() -> Iterator[str]:
    """The verbs that the sources give to `record`, as words or as members of `Verb`."""
    for room in ("directives", "tracker", "accounts"):
        for source in Path(settings.BASE_DIR, room).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "record_all"):
                    verb = node.args[1]
                    if isinstance(verb, ast.Constant):
                        yield verb.value
                    if isinstance(verb, ast.Attribute):
                        yield Verb[verb.attr].value


def test_every_verb_of_the_register_is_said_in_words():
    written = set(verbs_written())
    assert {"add_reading", "assign", "unlock"} <= written
    moved = {move.verb for move in TABLE} - {Verb.DECIDE_EXTENSION}  # written as granted or refused
    assert (written | moved) - VERBS.keys() == set()

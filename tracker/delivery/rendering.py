"""From a row of the outbox to words: subject, text and HTML in the reader's language.

Each kind has three templates, `templates/messages/<kind>-{subject,text,html}`. A message costs a fixed number of
queries, whatever it lists.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from directives.models import Channel, Delivery, DeliveryKind, ExtensionRequest, ExtensionState, Report, ReportState
from directives.rules.working_days import local_day
from tracker.delivery.channels import Message
from tracker.delivery.lines import listing
from tracker.delivery.links import list_page

LONGEST_SUBJECT = 200


class NothingToSay(Exception):
    """Everything that the message was to tell has passed: it is superseded."""


def render(delivery: Delivery, *, at: datetime) -> Message:
    """The message as it reads at `at`. Raises NothingToSay."""
    with override(delivery.recipient.language):
        facts = _facts(delivery, local_day(at))
        subject = _template(delivery, "subject.txt", facts)
        core = _template(delivery, "text.txt", facts).strip()
        in_mail = delivery.channel == Channel.EMAIL
        return Message(
            uuid=delivery.uuid,
            recipient=delivery.recipient.name,
            address=delivery.recipient.email,
            language=delivery.recipient.language,
            subject=" ".join(subject.split())[:LONGEST_SUBJECT],
            text=render_to_string("messages/frame-text.txt", {**facts, "core": core}) if in_mail else core,
            html=_template(delivery, "html.html", facts) if in_mail else "",
            at=at,
        )


def _template(delivery: Delivery, part: str, facts: dict[str, Any]) -> str:
    return render_to_string(f"messages/{delivery.kind}-{part}", facts)


def _facts(delivery: Delivery, today: date) -> dict[str, Any]:
    """What the templates of the message may say."""
    found, decision = listing(delivery, today), _decision(delivery)
    if not found.total or None in decision.values():
        raise NothingToSay
    return {
        "delivery": delivery,
        "recipient": delivery.recipient,
        "today": today,
        "listing": found,
        "first": found.lines[0],
        "list_page": list_page(),
        "site": settings.SITE_URL,
        "with_links": delivery.channel == Channel.EMAIL,
        **decision,
    }


def _decision(delivery: Delivery) -> dict[str, Any]:
    """The report or the request that the message is about."""
    if delivery.kind == DeliveryKind.RETURNED:
        reports = Report.objects.filter(assignment=delivery.assignment_id, state=ReportState.RETURNED)
        return {"report": reports.order_by("-decided_at", "-pk").first()}
    if delivery.kind == DeliveryKind.EXTENSION_DECIDED:
        requests = ExtensionRequest.objects.filter(assignment=delivery.assignment_id)
        return {"extension": requests.exclude(state=ExtensionState.OPEN).order_by("-decided_at", "-pk").first()}
    return {}

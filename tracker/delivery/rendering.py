"""From rows of the outbox to words: subject, text and HTML in the reader's language.

Each kind has three templates, `templates/messages/<kind>-{subject,text,html}`. What they say is read for a whole batch
in a fixed number of queries; then each message is written by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from directives.models import (
    Channel,
    Delivery,
    DeliveryKind,
    ExtensionRequest,
    ExtensionState,
    Report,
    ReportState,
    load_calendar,
)
from directives.rules.working_days import local_day
from tracker.delivery.channels import Message
from tracker.delivery.lines import listings
from tracker.delivery.links import list_page

LONGEST_SUBJECT = 200


class NothingToSay(Exception):
    """Everything that the message was to tell has passed: it is superseded."""


class Letters:
    """What a batch of messages says as of `at`, read when it is made; ten queries at most, however many they are."""

    def __init__(self, deliveries: Sequence[Delivery], *, at: datetime) -> None:
        self.at = at
        self._today = local_day(at)
        self._listings = listings(deliveries, self._today, load_calendar())
        self._reports = _returned_reports(deliveries)
        self._requests = _decided_requests(deliveries)

    def write(self, delivery: Delivery) -> Message:
        """One message of the batch. Raises NothingToSay."""
        in_mail = delivery.channel == Channel.EMAIL
        with override(delivery.recipient.language):
            facts = self._facts(delivery)
            subject = _template(delivery, "subject.txt", facts)
            core = _template(delivery, "text.txt", facts).strip()
            return Message(
                uuid=delivery.uuid,
                recipient=delivery.recipient.name,
                address=delivery.recipient.email,
                language=delivery.recipient.language,
                subject=" ".join(subject.split())[:LONGEST_SUBJECT],
                text=render_to_string("messages/frame-text.txt", {**facts, "core": core}) if in_mail else core,
                html=_template(delivery, "html.html", facts) if in_mail else "",
                at=self.at,
            )

    def _facts(self, delivery: Delivery) -> dict[str, Any]:
        """What the templates of the message may say."""
        found, decision = self._listings.get(delivery.pk), self._decision(delivery)
        if found is None or None in decision.values():
            raise NothingToSay
        return {
            "delivery": delivery,
            "recipient": delivery.recipient,
            "today": self._today,
            "listing": found,
            "first": found.lines[0],
            "list_page": list_page(),
            "site": settings.SITE_URL,
            "with_links": delivery.channel != Channel.IN_APP,
            **decision,
        }

    def _decision(self, delivery: Delivery) -> dict[str, Any]:
        """The report or the request that the message is about."""
        if delivery.kind == DeliveryKind.RETURNED:
            return {"report": self._reports.get(delivery.assignment_id)}
        if delivery.kind == DeliveryKind.EXTENSION_DECIDED:
            return {"extension": self._requests.get(delivery.assignment_id)}
        return {}


def _returned_reports(deliveries: Sequence[Delivery]) -> dict[int | None, Report]:
    """The report that was returned last, of each assignment about which a message tells that."""
    about = {row.assignment_id for row in deliveries if row.kind == DeliveryKind.RETURNED}
    rows = Report.objects.filter(assignment__in=about, state=ReportState.RETURNED)
    return {row.assignment_id: row for row in rows.order_by("decided_at", "pk")} if about else {}


def _decided_requests(deliveries: Sequence[Delivery]) -> dict[int | None, ExtensionRequest]:
    """The request that was decided last, of each assignment about which a message tells that."""
    about = {row.assignment_id for row in deliveries if row.kind == DeliveryKind.EXTENSION_DECIDED}
    rows = ExtensionRequest.objects.filter(assignment__in=about).exclude(state=ExtensionState.OPEN)
    return {row.assignment_id: row for row in rows.order_by("decided_at", "pk")} if about else {}


def _template(delivery: Delivery, part: str, facts: dict[str, Any]) -> str:
    return render_to_string(f"messages/{delivery.kind}-{part}", facts)

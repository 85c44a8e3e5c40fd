"""From rows of the outbox to words: subject, text and HTML in the reader's language.

Each kind has three templates, `templates/messages/<kind>-{subject,text,html}`. What they say is read for a whole batch
in a fixed number of queries; then each message is written by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from accounts.models import ApiKey, MessengerAddress
from directives.models import (
    Assessment,
    Channel,
    Delivery,
    DeliveryKind,
    ExtensionRequest,
    KeptPaper,
    Report,
    ReportState,
)
from directives.rules.working_days import HANOI, local_day
from tracker.delivery.amended import amendments_of, changed_lines
from tracker.delivery.changed import AllChanged, Changed
from tracker.delivery.channels import Enclosed, Message
from tracker.delivery.enclosing import Scheduled, enclosed_with, goes_along
from tracker.delivery.frames import framed_html, framed_text, reason_line
from tracker.delivery.lines import Listing, Listings
from tracker.delivery.links import assessment_page, key_page, list_page

LONGEST_SUBJECT = 200


class NothingToSay(Exception):
    """Everything that the message was to tell has passed: it is superseded."""


@dataclass(frozen=True)
class Content:
    """What is said, without whom it is said to: `core` is the text, `html` only of mail."""

    subject: str
    core: str
    html: SafeString


class Letters:
    """What a batch of messages of one channel says as of `at`, read when it is made.

    Eighteen queries at most, however many they are. What several people are told alike is put into words once.
    """

    def __init__(self, deliveries: Sequence[Delivery], *, at: datetime) -> None:
        self.at = at
        self._today = local_day(at)
        self._listings = Listings(deliveries, self._today)
        self._reports = _returned_reports(deliveries)
        self._requests = _decided_requests(deliveries)
        self._changed = AllChanged(deliveries)
        self._amendments = amendments_of(deliveries)
        self._contents: dict[object, Content] = {}
        self._files: dict[int, tuple[Enclosed, ...]] = {}

    def write(self, delivery: Delivery) -> Message:
        """One message of the batch. Raises NothingToSay."""
        reader = delivery.recipient
        with override(reader.language):
            said = self._content(delivery, reader.language)
            in_mail = delivery.channel == Channel.EMAIL
            about = {"name": reader.name, "title": said.subject, "because": delivery.because}
            return Message(
                uuid=delivery.uuid,
                recipient=reader.name,
                address=_address(delivery),
                language=reader.language,
                subject=said.subject,
                text=_around(said.core, delivery.channel, about),
                html=framed_html(said.html, **about) if in_mail else "",
                at=self.at,
                enclosed=self._enclosed(delivery),
            )

    def _enclosed(self, delivery: Delivery) -> tuple[Enclosed, ...]:
        """The file that goes along, read once for all of the batch."""
        if delivery.paper_id is None or not goes_along(delivery):
            return ()
        if delivery.paper_id not in self._files:
            self._files[delivery.paper_id] = enclosed_with(delivery)
        return self._files[delivery.paper_id]

    def _content(self, delivery: Delivery, language: str) -> Content:
        if delivery.paper is not None:
            return self._of_paper(delivery, delivery.paper, language)
        if delivery.assessment is not None:
            return self._of_assessment(delivery, delivery.assessment, language)
        if delivery.subscription is not None:
            row = delivery.subscription
            return _told(delivery, {"row": row, "why": row.get_stopped_because_display()})
        if delivery.api_key is not None:
            return self._of_key(delivery, delivery.api_key)
        subject, decision = self._listings.subject(delivery), self._decision(delivery)
        if subject is None or None in decision.values():
            raise NothingToSay
        about = (delivery.merger_id, delivery.change_id, delivery.amendment_id, delivery.question_id)
        alike = (delivery.kind, delivery.channel, language, subject, *about)
        if (content := self._contents.get(alike)) is None:
            content = self._contents[alike] = self._put_into_words(
                delivery, self._listings.of(subject, language), decision
            )
        return content

    def _put_into_words(self, delivery: Delivery, listing: Listing, decision: Mapping[str, object]) -> Content:
        facts = {
            "today": self._today,
            "listing": listing,
            "changed": changed_lines(decision.get("amendment"), listing),
            "first": listing.lines[0],
            "list_page": list_page(),
            "with_links": delivery.channel != Channel.IN_APP,
            **decision,
        }
        if (changed := decision.get("changed")) is not None and isinstance(changed, Changed):
            agencies = {line.assignment.agency_id for line in listing.lines}
            facts["headline"] = changed.headline(listing.total, agencies)
        return _told(delivery, facts)

    def _of_paper(self, delivery: Delivery, paper: KeptPaper, language: str) -> Content:
        alike = (delivery.kind, delivery.channel, language, paper.pk)
        if (content := self._contents.get(alike)) is None:
            scheduled = Scheduled(paper, goes_along(delivery))
            facts = {"scheduled": scheduled, "with_links": delivery.channel != Channel.IN_APP}
            content = self._contents[alike] = _told(delivery, facts)
        return content

    def _of_assessment(self, delivery: Delivery, table: Assessment, language: str) -> Content:
        alike = (delivery.kind, delivery.channel, language, table.pk)
        if (content := self._contents.get(alike)) is None:
            facts = {
                "table": table,
                "url": assessment_page(table.uuid),
                "with_links": delivery.channel != Channel.IN_APP,
            }
            content = self._contents[alike] = _told(delivery, facts)
        return content

    def _of_key(self, delivery: Delivery, key: ApiKey) -> Content:
        facts = {"row": key, "body": key.agency or key.committee, "ends_at": key.expires_at.astimezone(HANOI)}
        url = key_page(key.pk) if delivery.channel != Channel.IN_APP else ""
        return _told(delivery, {**facts, "url": url})

    def _decision(self, delivery: Delivery) -> dict[str, object]:
        """The report, the request, the question, the merger or the change that the message is about."""
        if delivery.change_id is not None or delivery.kind == DeliveryKind.CHANGED:
            return {"changed": self._changed.of(delivery)}
        if delivery.kind == DeliveryKind.RETURNED:
            return {"report": self._reports.get(delivery.assignment_id)}
        if delivery.kind == DeliveryKind.EXTENSION_DECIDED:
            return {"extension": self._requests.get(delivery.assignment_id)}
        if delivery.kind in (DeliveryKind.ASKED, DeliveryKind.ANSWERED):
            return {"question": delivery.question}
        if delivery.kind == DeliveryKind.SUCCEEDED:
            return {"merger": delivery.merger}
        if delivery.kind == DeliveryKind.AMENDED:
            return {"amendment": self._amendments.get(delivery.amendment_id)}
        return {}


def _returned_reports(deliveries: Sequence[Delivery]) -> dict[int | None, Report]:
    """The report that was returned last, of each assignment about which a message tells that."""
    about = {row.assignment_id for row in deliveries if row.kind == DeliveryKind.RETURNED}
    rows = Report.objects.filter(assignment__in=about, state=ReportState.RETURNED)
    return {row.assignment_id: row for row in rows.order_by("decided_at", "pk")} if about else {}


def _decided_requests(deliveries: Sequence[Delivery]) -> dict[int | None, ExtensionRequest]:
    """The request that was decided last, of each assignment about which a message tells that."""
    about = {row.assignment_id for row in deliveries if row.kind == DeliveryKind.EXTENSION_DECIDED}
    rows = ExtensionRequest.objects.decided().filter(assignment__in=about)
    return {row.assignment_id: row for row in rows.order_by("decided_at", "pk")} if about else {}


def _around(core: str, channel: str, about: dict[str, str]) -> str:
    """The text as a letter, as a short message with its reason, or as it stands in the application."""
    if channel == Channel.EMAIL:
        return framed_text(core, **about)
    return core if channel == Channel.IN_APP else f"{core}\n\n{reason_line(about['because'])}".strip()


def _address(delivery: Delivery) -> str:
    """Where the message goes. Raises NothingToSay where its reader is no longer reached by that channel."""
    if delivery.channel != Channel.MESSENGER:
        return delivery.recipient.email
    try:
        return delivery.recipient.messenger.address
    except MessengerAddress.DoesNotExist:
        raise NothingToSay from None


def _told(delivery: Delivery, facts: dict[str, Any]) -> Content:
    in_mail = delivery.channel == Channel.EMAIL
    return Content(
        subject=" ".join(_template(delivery, "subject.txt", facts).split())[:LONGEST_SUBJECT],
        core=_template(delivery, "text.txt", facts).strip(),
        html=_template(delivery, "html.html", facts) if in_mail else SafeString(),
    )


def _template(delivery: Delivery, part: str, facts: dict[str, Any]) -> SafeString:
    return render_to_string(f"messages/{delivery.kind}-{part}", facts)

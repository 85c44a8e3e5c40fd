"""A session is held; its conclusion is issued as a notice, whose text falls into paragraphs."""

import re
import uuid
from datetime import date

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import Reach, reach
from directives.models.searching import plain_words
from directives.models.sessions import Session
from directives.rules.notice_header import reference_of
from directives.rules.searching import question, words_typed

# "369/TB-VPCP", and "104-CTr/TU" for the Party.
REFERENCE = re.compile(r"^\s*(\d{1,6})\s*[/-]\s*(\S{1,60})\s*$")


class NoticeKind(models.TextChoices):
    """The kinds of document that carry directives; abbreviations of Decree 30/2020/NĐ-CP, annex III."""

    CONCLUSION = "conclusion", _("Conclusion notice")
    INSTRUCTION = "instruction", _("Instruction (chỉ thị)")
    TELEGRAM = "telegram", _("Official telegram")
    DECISION = "decision", _("Decision")
    RESOLUTION = "resolution", _("Resolution")
    LETTER = "letter", _("Official letter")
    PLAN = "plan", _("Plan")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    VERY_URGENT = "very_urgent", _("Very urgent")
    EXPRESS = "express", _("Express")


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    # A draft that nobody goes on with: its text, file and directives are gone, its header and history stay.
    DISCARDED = "discarded", _("Discarded")
    # A corrected text that was issued: it is the next version of the notice that it corrects, and no notice itself.
    TAKEN_UP = "taken_up", _("Taken up as a new version")


# Of these only the header and the history are left.
EMPTIED = (NoticeState.DISCARDED, NoticeState.TAKEN_UP)
# What everybody in reach sees; the others are their secretariat's own.
PUBLISHED = (NoticeState.ISSUED, NoticeState.WITHDRAWN)


SAID = plain_words("number", "symbol", "subject")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User, on: date) -> "NoticeQuerySet":
        """What exists for `user` on the local date `on`: issued notices in reach, and the own committee's drafts.

        A draft that was discarded is still there for those whose it was.
        """
        return self.in_reach(reach(user, on))

    def in_reach(self, sight: Reach) -> "NoticeQuerySet":
        """What exists for somebody, or for a system with a key, whose eye reaches as far as `sight`."""
        drafts = Q(committee_id__among=sight.drafts_of) & ~Q(state__in=PUBLISHED)
        if sight.everything:
            return self.filter(Q(state__in=PUBLISHED) | drafts)
        return self.filter(drafts | self._in_reach(sight.committees, sight.agencies))

    def within(self, *, agencies: frozenset[int], committees: frozenset[int]) -> "NoticeQuerySet":
        """Issued notices of these committees, or that give work to these agencies (ids)."""
        return self.filter(self._in_reach(committees, agencies))

    @staticmethod
    def _in_reach(committees: frozenset[int], agencies: frozenset[int]) -> Q:
        addressed = Notice.objects.filter(directives__assignments__agency_id__among=agencies).values("pk")
        mine = Q(committee_id__among=committees)
        return Q(state__in=PUBLISHED) & (mine | Q(pk__in=addressed) if agencies else mine)

    def kept(self) -> "NoticeQuerySet":
        """Without the drafts that were discarded, or taken up by another notice."""
        return self.exclude(state__in=EMPTIED)

    def for_list(self) -> "NoticeQuerySet":
        """With what a line of a list shows, the newest first; the whole text stays where it is."""
        return self.select_related("committee", "issuer").defer("text").order_by("-issued_on", "-pk")

    def by_reference(self, reference: str) -> "NoticeQuerySet":
        """Those numbered like '369/TB-VPCP' or '104-CTr/TU'; none where it does not read as a number and symbol."""
        found = REFERENCE.match(reference)
        if found is None:
            return self.none()
        return self.filter(number=int(found[1]), symbol__iexact=found[2])

    def searched(self, text: str) -> "NoticeQuerySet":
        """Those whose number, symbol and subject hold every word of `text`, marks or none; all where it is empty."""
        if words := words_typed(text):
            return self.alias(said=SAID).filter(said__holds=question(words))
        return self.none() if text.strip() else self.all()


def source_path(notice: "Notice", filename: str) -> str:
    """A random name: what a stranger called the file never becomes a path."""
    return f"notices/{uuid.uuid4().hex}"


class Notice(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="notices", verbose_name=_("committee"))
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind.choices, default=NoticeKind.CONCLUSION)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    issuer = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("issuer")
    )
    issuer_name = models.CharField(_("issuer as printed"), max_length=250, blank=True)
    signer = models.CharField(_("signer"), max_length=150, blank=True)
    signer_title = models.CharField(_("signer's title"), max_length=250, blank=True)
    met_on = models.DateField(_("meeting date"), null=True, blank=True)
    issued_on = models.DateField(_("issue date"), null=True, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    text = models.TextField(_("text"), blank=True)
    source_file = models.FileField(_("source file"), upload_to=source_path, blank=True)
    source_name = models.CharField(_("source file's name"), max_length=200, blank=True)
    source_sha256 = models.CharField(_("SHA-256 of the source file"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amended_by", verbose_name=_("amends")
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    # The issued notice of which this draft is the corrected text: issued, it becomes that notice's next version.
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    # Which version of its text it shows; `version` counts every change of the row.
    edition = models.PositiveSmallIntegerField(_("version of the text"), default=1, db_default=1, editable=False)
    # Of an amending draft: the version of the amended notice that was compared with it.
    base_version = models.PositiveIntegerField(null=True, editable=False)
    external_ref = models.CharField(_("reference in another system"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    entered_at = models.DateTimeField(_("entered"), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, verbose_name=_("entered by"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("issuer"),
                ExtractYear("issued_on"),
                F("number"),
                F("symbol"),
                condition=~Q(state__in=["withdrawn", "discarded"]) & Q(number__isnull=False, issuer__isnull=False),
                name="one_live_notice_per_number",
            ),
            models.UniqueConstraint(
                fields=["source_sha256"],
                condition=~Q(state__in=["withdrawn", "discarded"]) & ~Q(source_sha256=""),
                name="one_live_notice_per_file",
            ),
            models.UniqueConstraint(
                fields=["external_ref"],
                condition=~Q(external_ref="") & ~Q(state="discarded"),
                name="one_notice_per_external_ref",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded", "taken_up"])
                | Q(number__isnull=False, issued_on__isnull=False, issuer__isnull=False) & ~Q(symbol=""),
                name="issued_notice_has_number_issuer_and_date",
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(issued_on__isnull=True) | Q(met_on__lte=F("issued_on")),
                name="notice_is_issued_after_its_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["discarded", "taken_up"]) | Q(text="", source_file=""),
                name="discarded_draft_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | Q(amends=None, supersedes=None, number=None),
                name="a_corrected_text_has_no_number_of_its_own",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_up") | Q(corrects__isnull=False), name="taken_up_by_the_notice_it_corrects"
            ),
        ]
        indexes = [
            # Read by the API's list and the admin's list of a committee.
            models.Index(fields=["committee", "-issued_on", "-id"], name="notices_of_committee"),
            # Read by the API's keyset pages over (issue date, id).
            models.Index(fields=["issued_on", "id"], name="notices_by_issue_date"),
            # Read by `searched`.
            GinIndex(SAID, name="notices_by_words"),
            # Read by the search of paragraphs: in which notices to look for them.
            GinIndex(plain_words("text"), name="notices_by_text"),
        ]

    def __str__(self) -> str:
        if self.corrects is not None:
            return str(_("%(notice)s, corrected text") % {"notice": self.corrects.reference})
        return self.reference or str(_("(no number yet)"))

    @property
    def amended(self) -> "Notice | None":
        """The notice that this one corrects, amends or supersedes; the draft's directives are compared with its."""
        return self.corrects or self.amends or self.supersedes

    @property
    def reference(self) -> str:
        """Number and symbol as printed (see `reference_of`)."""
        return reference_of(self.number, self.symbol)


class HandledAs(models.TextChoices):
    UNHANDLED = "", _("Not handled yet")
    DIRECTIVE = "directive", _("Directive")
    TARGET = "target", _("Target")
    ORIENTATION = "orientation", _("Orientation")
    INFORMATION = "information", _("Information")
    # Of an amending draft: it holds the sentence of a directive that was issued before.
    KNOWN = "known", _("Directive issued before")


# What a person may mark a paragraph as where it gives no directive.
NO_DIRECTIVE = [(mark.value, mark.label) for mark in (HandledAs.TARGET, HandledAs.ORIENTATION, HandledAs.INFORMATION)]


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def unhandled(self) -> "ParagraphQuerySet":
        """Not marked yet, with a proposal that nobody has decided on, or marked as a directive that nobody has added.

        Added is what quotes words of the paragraph.
        """
        entered = Q(directives__isnull=False) | Q(
            notice__directives__quote_start__lt=F("end"), notice__directives__quote_end__gt=F("start")
        )
        has_one = Exists(Paragraph.objects.filter(entered, pk=OuterRef("pk")))
        undecided = Exists(
            Paragraph.objects.filter(pk=OuterRef("pk"), proposals__directive=None, proposals__set_aside=False)
        )
        open_mark = Q(handled_as=HandledAs.UNHANDLED) | Q(handled_as=HandledAs.DIRECTIVE) & ~has_one
        return self.filter(open_mark | undecided)


class Paragraph(models.Model):
    """A stretch of the notice's text, by exact offsets in characters, and how it was handled."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="paragraphs", verbose_name=_("notice"))
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("label"), max_length=30, blank=True)
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    handled_as = models.CharField(_("handled as"), max_length=12, choices=HandledAs.choices, blank=True, default="")
    # What the reading takes it for, and whether it is sure of that; a person decides.
    proposed_as = models.CharField(max_length=12, choices=HandledAs.choices, blank=True, default="")
    proposed_surely = models.BooleanField(default=False)

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["notice_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="one_paragraph_at_a_position"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="paragraph_is_not_empty"),
        ]

    def __str__(self) -> str:
        """As a clerk says it: "II.3.b"; "II.3¶2", which has no mark of its own, is "II.3, para. 2"."""
        above, mark, behind = self.label.partition("¶")
        if above and not mark:
            return above
        number = _("para. %(number)s") % {"number": behind or self.position}
        return f"{above}, {number}" if above else str(number)

    @property
    def text(self) -> str:
        """The paragraph's own words, cut from the notice."""
        return self.notice.text[self.start : self.end]

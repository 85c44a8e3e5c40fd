"""A notice is amended: by a corrected text of its own, which is its next version, or by a later notice.

The draft of either stands beside the notice until it is issued. What it decides on each directive, and what became of
each assignment, stays as the record of it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.directives import Assignment, Directive
from directives.models.kinds import Role
from directives.models.notices import Notice, source_path
from directives.rules.notice_text import ParagraphSpan


class Edition(models.Model):
    """The text of a notice as it read from one issue to the next. Kept once there are two."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="editions", verbose_name=_("notice"))
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    # Label, from character, to character and how it was handled, of each paragraph in order.
    paragraphs = models.JSONField(default=list)
    issued_on = models.DateField(_("issue date"))
    at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    note = models.TextField(_("note"), blank=True)
    # Whose issue made it; empty for the first.
    draft = models.OneToOneField(Notice, models.PROTECT, null=True, related_name="edition_made", editable=False)
    source_file = models.FileField(_("source file"), upload_to=source_path, blank=True)
    source_name = models.CharField(_("source file's name"), max_length=200, blank=True)
    source_sha256 = models.CharField(_("SHA-256 of the source file"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("version of a notice")
        verbose_name_plural = _("versions of notices")
        ordering = ["notice_id", "number"]
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.notice} ({self.number})"

    @property
    def spans(self) -> list[ParagraphSpan]:
        """Its paragraphs, as two versions are compared by them."""
        return [ParagraphSpan(label, low, high, 1) for label, low, high, _handled in self.paragraphs]


class Outcome(models.TextChoices):
    KEEP = "keep", _("Goes on unchanged")
    CHANGE = "change", _("Changed")
    WITHDRAW = "withdraw", _("Withdrawn")


class Amendment(models.Model):
    """What an amending draft does with one directive of the notice that it amends: a person's decision."""

    draft = models.ForeignKey(Notice, models.CASCADE, related_name="amendments", verbose_name=_("amending notice"))
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="amendments", verbose_name=_("directive"))
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome.choices)
    # The draft's own directive with the new statement.
    successor = models.OneToOneField(
        Directive, models.CASCADE, null=True, blank=True, related_name="amends", verbose_name=_("new statement")
    )
    # The directive's version that was seen when this was decided.
    seen_version = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"))
    # What the directive stated, once this is issued.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("decision on a directive")
        verbose_name_plural = _("decisions on directives")
        ordering = ["draft_id", "directive_id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "directive"], name="directive_is_amended_once_by_a_notice"),
            models.CheckConstraint(
                condition=Q(outcome="change") | Q(successor=None), name="only_a_changed_directive_has_a_new_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id}: {self.get_outcome_display()}"


class PartChange(models.TextChoices):
    CHANGED = "changed", _("Changed")
    GIVEN = "given", _("Newly assigned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AmendedPart(models.Model):
    """What the issue of an amending notice changed for one assignment; what its agency is told."""

    draft = models.ForeignKey(Notice, models.PROTECT, related_name="amended_parts", verbose_name=_("amending notice"))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="amended_parts", verbose_name=_("assignment")
    )
    change = models.CharField(_("what changed"), max_length=10, choices=PartChange.choices)
    reworded = models.BooleanField(_("the wording changed"), default=False)
    was_role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    was_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("assignment amended")
        verbose_name_plural = _("assignments amended")
        ordering = ["draft_id", "assignment_id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "assignment"], name="assignment_is_amended_once_by_a_notice")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.get_change_display()}"

    @property
    def is_redated(self) -> bool:
        """Whether its deadline moved."""
        return self.change == PartChange.CHANGED and self.was_due_on != self.due_on

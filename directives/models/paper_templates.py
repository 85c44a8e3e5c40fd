"""A body's own form of its papers, kind by kind, for one kind of file; earlier versions stay."""

import uuid
from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User


class TemplateState(models.TextChoices):
    BROUGHT = "brought", _("Not in use yet")
    IN_USE = "in_use", _("In use")
    SET_ASIDE = "set_aside", _("Set aside")


class PaperTemplateQuerySet(models.QuerySet["PaperTemplate"]):
    def of(self, body: Committee | Agency) -> "PaperTemplateQuerySet":
        """Those of this body."""
        return self.filter(committee=body) if isinstance(body, Committee) else self.filter(agency=body)


def template_path(template: "PaperTemplate", filename: str) -> str:
    """A random name."""
    return f"templates/{uuid.uuid4().hex}"


class PaperTemplate(models.Model):
    """One version of it, as it was looked through when it came."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Whose it is: a committee's, or an agency's.
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="+", verbose_name=_("committee"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    kind = models.CharField(_("paper"), max_length=30)
    form = models.CharField(_("kind of file"), max_length=5, default="docx")
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file's name"), max_length=150)
    file = models.FileField(_("file"), upload_to=template_path)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought by"))
    at = models.DateTimeField(_("brought"))
    state = models.CharField(_("state"), max_length=10, choices=TemplateState.choices, default=TemplateState.BROUGHT)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["committee", "kind", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committee__isnull=False, agency__isnull=True)
                | Q(committee__isnull=True, agency__isnull=False),
                name="template_is_of_one_body",
            ),
            models.UniqueConstraint(
                fields=["committee", "agency", "kind", "form", "number"],
                nulls_distinct=False,
                name="one_template_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["committee", "agency", "kind", "form"],
                condition=Q(state="in_use"),
                nulls_distinct=False,
                name="one_template_in_use_for_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def body(self) -> Committee | Agency:
        """Whose it is."""
        return self.committee or self.agency  # type: ignore[return-value] # the database holds that it is one of them


def template_of(kind: str, form: str, about: Mapping[str, str]) -> bytes | None:
    """The template in use for a paper of the committee, of the notice, or of the agency that is named, as this kind of
    file; None for the built-in form."""
    whose = {"committee": "committee__uuid", "notice": "committee__notices__uuid", "agency": "agency__uuid"}
    name = next((name for name in whose if name in about), None)
    if name is None:
        return None
    row = PaperTemplate.objects.filter(kind=kind, form=form, state=TemplateState.IN_USE, **{whose[name]: about[name]})
    found = row.first()
    if found is None:
        return None
    with found.file.open("rb") as file:
        return file.read()

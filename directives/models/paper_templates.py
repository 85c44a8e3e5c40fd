"""A secretariat's own form of a .docx paper, kind by kind; earlier versions stay."""

import uuid
from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User


class TemplateState(models.TextChoices):
    BROUGHT = "brought", _("Not in use yet")
    IN_USE = "in_use", _("In use")
    SET_ASIDE = "set_aside", _("Set aside")


def template_path(template: "PaperTemplate", filename: str) -> str:
    """A random name."""
    return f"templates/{uuid.uuid4().hex}"


class PaperTemplate(models.Model):
    """One version of it, as it was looked through when it came."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", verbose_name=_("committee"))
    kind = models.CharField(_("paper"), max_length=30)
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file's name"), max_length=150)
    file = models.FileField(_("file"), upload_to=template_path)
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought by"))
    at = models.DateTimeField(_("brought"))
    state = models.CharField(_("state"), max_length=10, choices=TemplateState.choices, default=TemplateState.BROUGHT)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["committee", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "kind", "number"], name="one_template_of_a_number"),
            models.UniqueConstraint(
                fields=["committee", "kind"], condition=Q(state="in_use"), name="one_template_in_use_for_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


def template_of(kind: str, about: Mapping[str, str]) -> bytes | None:
    """The template in use for a paper of the committee, or of the notice, that is named; None for the built-in form."""
    rows = PaperTemplate.objects.filter(kind=kind, state=TemplateState.IN_USE)
    if "committee" in about:
        row = rows.filter(committee__uuid=about["committee"]).first()
    elif "notice" in about:
        row = rows.filter(committee__notices__uuid=about["notice"]).first()
    else:
        row = None
    if row is None:
        return None
    with row.file.open("rb") as file:
        return file.read()

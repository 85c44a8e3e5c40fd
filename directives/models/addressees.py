"""Whom a notice names for a directive, and how directives hang together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup
from directives.models.directives import Directive
from directives.models.kinds import Role


class Addressee(models.Model):
    """Whom the notice names for a directive; issuing turns it into assignments, a group into one for each member."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="addressees", verbose_name=_("directive"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    group = models.ForeignKey(
        AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group of agencies")
    )
    due_on = models.DateField(_("own deadline"), null=True, blank=True)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["directive_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, group=None) | Q(agency=None, group__isnull=False),
                name="addressee_is_an_agency_or_a_group",
            ),
            models.CheckConstraint(condition=~Q(role="lead") | Q(group=None), name="a_group_never_leads"),
            models.UniqueConstraint(fields=["directive"], condition=Q(role="lead"), name="one_lead_is_named"),
            models.UniqueConstraint(fields=["directive", "agency", "role"], name="agency_is_named_once"),
            models.UniqueConstraint(fields=["directive", "group", "role"], name="group_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.agency or self.group}"


class LinkKind(models.TextChoices):
    REPEATS = "repeats", _("repeats")
    AMENDS = "amends", _("amends")
    SUPERSEDES = "supersedes", _("supersedes")
    PART_OF = "part_of", _("is part of")


class DirectiveLink(models.Model):
    source = models.ForeignKey(Directive, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Directive, models.CASCADE, related_name="links_in")
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind.choices)

    class Meta:
        verbose_name = _("link between directives")
        verbose_name_plural = _("links between directives")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="directives_linked_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="directive_is_not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.get_kind_display()} {self.target_id}"

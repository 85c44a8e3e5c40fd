"""Agencies are dated data: they are founded, renamed, merged, and history keeps the old name."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL_AGENCY = "ministerial_agency", _("Ministerial-level agency")
    GOVERNMENT_AGENCY = "government_agency", _("Agency under the Government")
    PROVINCE = "province", _("Province or centrally-run city")
    DISTRICT = "district", _("District (until 30/06/2025)")
    COMMUNE = "commune", _("Commune, ward or special zone")
    DEPARTMENT = "department", _("Department")
    OTHER = "other", _("Other body")


def name_in_use(name_vi: str, name_en: str) -> str:
    """The name in the reader's language; Vietnamese where there is no other."""
    return (name_en if get_language() == "en" else "") or name_vi


class Named(models.Model):
    """Something official with a Vietnamese name and, where there is one, an English name."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_vi = models.CharField(_("Vietnamese name"), max_length=250)
    name_en = models.CharField(_("English name"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language (see `name_in_use`)."""
        return name_in_use(self.name_vi, self.name_en)


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> "DatedQuerySet":
        """Those that exist on the local date `day`; an unknown start counts as 'always'."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class AgencyQuerySet(DatedQuerySet):
    def named_by(self, words: Sequence[str]) -> "AgencyQuerySet":
        """Those whose names hold all of `words`, which are plain; the last perhaps only begun."""
        text = models.TextField()
        names = Func("plain_names", Value(" | "), function="array_to_string", output_field=text)
        held = self.alias(said=Concat(Value(" "), names, Value(" "), output_field=text))
        *whole, last = words
        for word in whole:
            held = held.filter(said__contains=f" {word} ")
        return held.filter(said__contains=f" {last}")

    def named_in(self, phrases: Iterable[str]) -> "AgencyQuerySet":
        """Those one of whose names is one of these plain phrases."""
        return self.filter(plain_names__overlap=list(phrases))


class Agency(Named):
    short_name_vi = models.CharField(_("short name"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    aliases = ArrayField(models.CharField(max_length=250), default=list, blank=True, verbose_name=_("other names"))
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    # The code of QCVN 102; stored as text, its parts are not read (QĐ 20/2020/QĐ-TTg).
    edxml_code = models.CharField(_("document exchange code"), max_length=35, blank=True)
    note = models.TextField(_("note"), blank=True)
    # All its names in small letters without marks, to be found by.
    plain_names = models.GeneratedField(
        expression=Func("name_vi", "short_name_vi", "name_en", "abbreviation", "aliases", function="plain_names"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_is_not_its_own_parent"),
        ]
        indexes = [GinIndex(fields=["plain_names"], name="agencies_by_plain_name")]

    def exists_on(self, day: date) -> bool:
        """Whether the agency exists on the local date `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Succession(models.Model):
    """One agency's work passes to another from a day on."""

    predecessor = models.ForeignKey(
        Agency, models.PROTECT, related_name="successions_out", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="successions_in", verbose_name=_("successor"))
    on = models.DateField(_("from"))
    basis = models.CharField(_("basis"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["on", "predecessor_id", "successor_id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class AgencyGroup(Named):
    """A group addressee such as 'các bộ, ngành': by kinds, by name, or both; members are asked for on a date."""

    aliases = ArrayField(models.CharField(max_length=250), default=list, blank=True, verbose_name=_("other names"))
    kinds = ArrayField(
        models.CharField(max_length=20, choices=AgencyKind.choices), default=list, blank=True, verbose_name=_("kinds")
    )
    parent = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("only under")
    )
    members = models.ManyToManyField(Agency, blank=True, related_name="named_in", verbose_name=_("named members"))

    class Meta:
        verbose_name = _("group of agencies")
        verbose_name_plural = _("groups of agencies")
        ordering = ["code"]


class Committee(Named):
    """A steering committee; its secretariat sits in an agency."""

    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("committee above")
    )
    secretariat = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="secretariat_of",
        verbose_name=_("secretariat's agency"),
    )
    # The committee as a body that issues papers under its own name; made when it first does, and given no work.
    itself = models.OneToOneField(
        Agency, models.PROTECT, null=True, blank=True, related_name="as_committee", editable=False
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["code"]

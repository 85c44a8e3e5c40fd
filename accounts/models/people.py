"""People log in by e-mail; what they may do comes from the offices they hold on a day."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.absences import Absence
from accounts.models.agencies import Agency, Committee


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    SECRETARIAT = "secretariat", _("Secretariat")
    CHAIR = "chair", _("Chair")
    STANDING_DEPUTY = "standing_deputy", _("Standing deputy")
    MEMBER = "member", _("Member")
    HEAD = "head", _("Head of agency")
    OFFICER = "officer", _("Officer")


SYSTEM_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)
COMMITTEE_ROLES = (Role.SECRETARIAT, Role.CHAIR, Role.STANDING_DEPUTY, Role.MEMBER)
AGENCY_ROLES = (Role.HEAD, Role.OFFICER)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user; without a password nobody can log in as it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An administrator, for the first log-in of an installation."""
        user = self.create_user(email, password, is_staff=True, **fields)
        Office.objects.create(user=user, role=Role.ADMINISTRATOR, starts_on=date(2000, 1, 1))
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A seat that can log in. `name` is the title of the office, since that is what history must show."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name or title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="vi")
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    # A system that acts with a key: it holds no office, never logs in and gets no message.
    is_system = models.BooleanField(_("a system with a key"), default=False, editable=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    # The admin asks Django's permission questions; ours are asked by the actions (accounts.roles).
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class MessengerAddress(models.Model):
    """Where a person is reached by messenger: an address with a secret in it, so it is shown nowhere."""

    user = models.OneToOneField(User, models.PROTECT, related_name="messenger", verbose_name=_("user"))
    address = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("messenger address")
        verbose_name_plural = _("messenger addresses")

    def __str__(self) -> str:
        return str(self.user)


class OfficeQuerySet(models.QuerySet["Office"]):
    def on(self, day: date) -> "OfficeQuerySet":
        """Offices held on the local date `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def from_day(self, day: date) -> "OfficeQuerySet":
        """Offices that are held on the local date `day` or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def of(self, user: User, day: date) -> "OfficeQuerySet":
        """Offices that `user` holds, or fills in for as substitute, on `day`."""
        return self.on(day).filter(Q(user=user) | Q(pk__in=_filled(user, day)))

    def filled_by(self, user: User, day: date) -> "OfficeQuerySet":
        """Offices of others that `user` fills as substitute on `day`."""
        return self.on(day).filter(pk__in=_filled(user, day))

    def with_absence(self, day: date) -> "OfficeQuerySet":
        """With the one absence of each office on the local date `day`, and its substitute, as `away` (or None)."""
        days = Q(absences__begins_on__lte=day, absences__ends_on__gte=day)
        rows = self.annotate(away=FilteredRelation("absences", condition=days))
        return rows.select_related("away__substitute")  # type: ignore[misc]  # the name given just above


def _filled(user: User, day: date) -> models.QuerySet:
    return Absence.objects.on(day).filter(substitute=user).values("office")


class Office(models.Model):
    """A user's seat: a role in an agency or committee, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="offices", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("agency")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("committee")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    # The absence of a day, where `with_absence` was asked.
    away: Absence | None = None

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["user_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=SYSTEM_ROLES, agency=None, committee=None)
                | Q(role__in=COMMITTEE_ROLES, agency=None, committee__isnull=False)
                | Q(role__in=AGENCY_ROLES, agency__isnull=False, committee=None),
                name="office_sits_in_its_body",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="office_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.body}" if self.body else str(self.get_role_display())

    @property
    def body(self) -> Agency | Committee | None:
        """The agency or committee of the office; none for administrators and auditors."""
        return self.agency or self.committee

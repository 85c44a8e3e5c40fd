"""What each verb asks for: the fields of its body, in the field's words."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Agency

UNKNOWN = _("Unknown field.")


class Asked(serializers.Serializer):
    """The fields of one verb; a field that it does not have is refused, never ignored."""

    FILES: ClassVar[bool] = False

    def to_internal_value(self, data: Any) -> Any:
        unknown = [name for name in data if name not in self.fields and not (self.FILES and name == "files")]
        if unknown:
            raise serializers.ValidationError({name: [UNKNOWN] for name in unknown})
        return super().to_internal_value(data)


def words(*, needed: bool) -> serializers.CharField:
    """Words of any length that the action takes."""
    return serializers.CharField(required=needed, allow_blank=not needed)


def day(*, needed: bool) -> serializers.DateField:
    """A local date, as `2024-12-31`."""
    return serializers.DateField(required=needed, input_formats=["%Y-%m-%d"])


class AgencyField(serializers.Field):
    """An agency, by its code."""

    default_error_messages: ClassVar = {"unknown": _("There is no agency with this code.")}

    def to_internal_value(self, data: Any) -> Agency:
        found = Agency.objects.filter(code=data).first() if isinstance(data, str) else None
        if found is None:
            self.fail("unknown")
        return found


class Nothing(Asked):
    """No field."""


class Reason(Asked):
    reason = words(needed=True)


class Decline(Reason):
    FILES = True


class Progress(Asked):
    FILES = True
    text = words(needed=True)
    percent = serializers.IntegerField(required=False)
    difficulties = words(needed=False)
    asks = words(needed=False)


class HandIn(Asked):
    FILES = True
    text = words(needed=True)
    product_ref = words(needed=False)
    figure = serializers.DecimalField(required=False, max_digits=None, decimal_places=None)
    unit = words(needed=False)


class Extension(Asked):
    FILES = True
    asked_due_on = day(needed=True)
    reason = words(needed=True)


class Question(Asked):
    FILES = True
    text = words(needed=True)


class Verify(Asked):
    reason = words(needed=False)
    verified_figure = serializers.DecimalField(required=False, max_digits=None, decimal_places=None)


class Return(Asked):
    reason = words(needed=True)
    redo_by = day(needed=False)


class Reassign(Asked):
    to_agency = AgencyField()
    reason = words(needed=True)
    due_on = day(needed=False)


class SetDeadline(Asked):
    due_on = day(needed=True)
    reason = words(needed=True)


class Grant(Asked):
    due_on = day(needed=False)
    reason = words(needed=False)

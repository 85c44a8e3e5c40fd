"""What each verb asks for: the fields of its body, in the field's words. Those of an assignment are here.

A value is what it says it is: in JSON a number is no text, and a text no number. In a form all is text.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NoReturn

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.utils.html import is_html_input

from accounts.models import Agency, AgencyGroup, AgencyKind, Committee
from tracker.api.finding import find_day

FIGURE = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
UNKNOWN = _("Unknown field.")
ONE_OF = _("Choose one of: %(codes)s.")
MOST = 1000  # of a list in a body


class Asked(serializers.Serializer):
    """The fields of one verb; a field that it does not have is refused, never ignored."""

    FILES: ClassVar[bool] = False

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        unknown = [name for name in data if name not in self.fields and not (self.FILES and name == "files")]
        if unknown:
            raise serializers.ValidationError({name: [UNKNOWN] for name in unknown})
        return super().to_internal_value(data)


class Words(serializers.CharField):
    """Words of any length that the action takes."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.Field):
    """A local date, as `2024-12-31`."""

    default_error_messages: ClassVar = {"invalid": _("Write a day as 2024-12-31.")}

    def to_internal_value(self, data: Any) -> date:
        found = find_day(data) if isinstance(data, str) else None
        if found is None:
            self.fail("invalid")
        return found


class Whole(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, str) and not is_html_input(self.root.initial_data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Percent(Whole):
    """A whole number; the action says from where to where."""


class YesOrNo(serializers.BooleanField):
    """True or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool) and not is_html_input(self.root.initial_data):
            self.fail("invalid", input=data)
        return super().to_internal_value(data)


class Figure(serializers.DecimalField):
    """An exact figure: a number, or a text such as "97.5", since many programs round their numbers."""

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """In a form nothing is an empty text; in JSON it is null."""
        if isinstance(data, str) and not data.strip() and not is_html_input(self.root.initial_data):
            self.fail("invalid")
        return super().validate_empty_values(data)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, str) and not FIGURE.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Text(Words):
    """A text to its last blank: offsets are counted in it."""


def words(*, needed: bool) -> Words:
    """Words that may be left out unless they are needed."""
    return Words(required=needed, allow_blank=not needed)


def text(*, needed: bool = False) -> Text:
    """A text that may be left out unless it is needed."""
    return Text(required=needed, allow_blank=not needed, trim_whitespace=False)


def day(*, needed: bool) -> Day:
    """A day that may be left out unless it is needed."""
    return Day(required=needed)


def day_or_none() -> Day:
    """A day that may be left out, or emptied with null."""
    return Day(required=False, allow_null=True)


def a_figure(*, empties: bool = False) -> Figure:
    """A figure that may be left out, or emptied with null."""
    return Figure(required=False, allow_null=empties, max_digits=None, decimal_places=None)


def number() -> Whole:
    """A whole number that may be left out, or emptied with null."""
    return Whole(required=False, allow_null=True)


class OneOf(serializers.ChoiceField):
    """One of some codes; the refusal names them all."""

    def fail(self, key: str, **told: Any) -> NoReturn:
        if key == "invalid_choice":
            codes = ", ".join(filter(None, map(str, self.choices)))
            raise serializers.ValidationError(ONE_OF % {"codes": codes}, code=key)
        super().fail(key, **told)


def one_of(codes: Iterable[str], *, needed: bool = False) -> OneOf:
    """One of these codes."""
    known = [str(code) for code in codes]
    return OneOf(known, required=needed, allow_blank="" in known)


def many(one: serializers.Field) -> serializers.ListField:
    """A list that may be left out."""
    return serializers.ListField(child=one, required=False, max_length=MOST)


class ByCode(serializers.Field):
    """Something official, by its code."""

    KIND: ClassVar[type[Agency | AgencyGroup | Committee]]

    def to_internal_value(self, data: Any) -> Any:
        found = self.KIND.objects.filter(code=data).first() if isinstance(data, str) else None
        if found is None:
            self.fail("unknown")
        return found


class AgencyField(ByCode):
    KIND = Agency
    default_error_messages: ClassVar = {"unknown": _("There is no agency with this code.")}


class IssuerField(AgencyField):
    """An agency, or a committee that issues under its own name."""

    def to_internal_value(self, data: Any) -> Agency | Committee:
        issuer = issuer_of_code(data) if isinstance(data, str) else None
        return super().to_internal_value(data) if issuer is None else issuer


def issuer_of_code(code: str) -> Agency | Committee | None:
    """The agency of this code, else the committee that issues under its own name, by its code or by its body's."""
    agency = Agency.objects.filter(code=code).first()
    if agency is not None and not Committee.objects.filter(itself=agency).exists():
        return agency
    return Committee.objects.filter(Q(code=code) | Q(itself__code=code)).first()


class GroupField(ByCode):
    KIND = AgencyGroup
    default_error_messages: ClassVar = {"unknown": _("There is no group of agencies with this code.")}


class CommitteeField(ByCode):
    KIND = Committee
    default_error_messages: ClassVar = {"unknown": _("There is no committee with this code.")}


class Nothing(Asked):
    """No field."""


class Reason(Asked):
    reason = words(needed=True)


class Decline(Reason):
    FILES = True


class Progress(Asked):
    FILES = True
    text = words(needed=True)
    percent = Percent(required=False)
    difficulties = words(needed=False)
    asks = words(needed=False)


class HandIn(Asked):
    FILES = True
    text = words(needed=True)
    product_ref = words(needed=False)
    figure = a_figure()
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
    verified_figure = a_figure()


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


class Answer(Asked):
    FILES = True
    text = words(needed=True)
    common = YesOrNo(required=False)


class HandDown(Asked):
    units = many(AgencyField())
    kinds = many(one_of(AgencyKind.values, needed=True))
    groups = many(GroupField())
    wording = words(needed=True)
    product = words(needed=False)
    due_on = day(needed=False)


class Moment(serializers.DateTimeField):
    """A moment with its offset, as `2024-12-31T09:00:00+07:00`."""


class ChangeSubscription(Asked):
    name = words(needed=False)
    endpoint = words(needed=False)
    events = serializers.ListField(child=Text(), required=False, max_length=100)
    language = words(needed=False)


class Subscribe(ChangeSubscription):
    name = words(needed=True)
    endpoint = words(needed=True)
    agency = AgencyField(required=False)
    committee = CommitteeField(required=False)


class RotateSecret(Asked):
    overlap_hours = Whole(required=False)


class Replay(Asked):
    since = Moment()

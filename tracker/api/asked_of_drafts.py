"""What the verbs of a notice and of its directives ask for."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from directives.actions.drafting import To
from directives.models import HandledAs, Notice, Role
from directives.models.kinds import DeadlineKind, Recurrence
from directives.models.notices import NoticeKind, Urgency
from directives.models.periods import DayOffShift
from tracker.api.asked_for import (
    AgencyField,
    Asked,
    CommitteeField,
    GroupField,
    IssuerField,
    Whole,
    Words,
    YesOrNo,
    day,
    day_or_none,
    many,
    number,
    one_of,
    text,
    words,
)


class NoticeField(serializers.Field):
    """A notice that the caller sees, by its id; null for none."""

    default_error_messages: ClassVar = {"unknown": _("There is no notice with this id.")}

    def to_internal_value(self, data: Any) -> Notice:
        try:
            found = self.context["caller"].notices().filter(uuid=UUID(data)).first()
        except (ValueError, AttributeError, TypeError):
            found = None
        if found is None:
            self.fail("unknown")
        return found


class NoticeFields(Asked):
    """The header and the text of a draft; what is left out stays as it is."""

    kind = one_of(NoticeKind.values)
    number = number()
    symbol = words(needed=False)
    issuer = IssuerField(required=False, allow_null=True)
    issuer_name = words(needed=False)
    signer = words(needed=False)
    signer_title = words(needed=False)
    met_on = day_or_none()
    issued_on = day_or_none()
    subject = words(needed=False)
    urgency = one_of(Urgency.values)
    text = text()
    corrects = NoticeField(required=False, allow_null=True)
    amends = NoticeField(required=False, allow_null=True)
    supersedes = NoticeField(required=False, allow_null=True)
    external_ref = words(needed=False)
    note = words(needed=False)
    # Whatever stands here but nothing is refused: a classified document must not come in.
    secrecy = words(needed=False)


class NewNotice(NoticeFields):
    """A draft of a committee: the one that the key acts for, unless said."""

    committee = CommitteeField(required=False)


class Stretch(Asked):
    """A paragraph: a label and offsets in characters of the text."""

    label = Words(required=False, allow_blank=True, default="")
    start = Whole(min_value=0)
    end = Whole(min_value=1)


class Split(Asked):
    """The paragraphs; where they are left out, as the text is read here."""

    paragraphs = many(Stretch())


class MarkedAs(Asked):
    position = Whole(min_value=1)
    handled_as = one_of(HandledAs.values, needed=True)


class Addressee(Asked):
    """Whom a directive is for: an agency or a group."""

    role = one_of(Role.values, needed=True)
    agency = AgencyField(required=False, allow_null=True)
    group = GroupField(required=False, allow_null=True)
    due_on = day_or_none()

    def to_internal_value(self, data: Any) -> Any:
        return To(**super().to_internal_value(data))


class DirectiveFields(Asked):
    """What a directive of a draft says; what is left out stays as it is."""

    quote = text()
    wording = words(needed=False)
    product = words(needed=False)
    field = words(needed=False)
    decided_by = words(needed=False)
    deadline_text = words(needed=False)
    deadline_kind = one_of(DeadlineKind.values)
    due_on = day_or_none()
    recurrence = one_of(Recurrence.values)
    recurrence_day = number()
    recurrence_month = number()
    recurrence_shift = one_of(DayOffShift.values)
    recurs_until = day_or_none()
    review_on = day_or_none()
    note = words(needed=False)
    addressees = many(Addressee())

    def to_internal_value(self, data: Any) -> Any:
        """A day alone is a date: a kind of deadline need not be said with it."""
        said = super().to_internal_value(data)
        if said.get("due_on") and "deadline_kind" not in said:
            said["deadline_kind"] = DeadlineKind.DATE
        return said


class NewDirective(DirectiveFields):
    """A directive, and where its sentence stands: in a paragraph by its position, or from a character of the text."""

    quote = text(needed=True)
    quote_start = Whole(required=False, min_value=0)
    paragraph = Whole(required=False, min_value=1)


class MirroredDirective(NewDirective):
    """A directive as another system keeps it, under the reference by which it is known there."""

    external_ref = Words(max_length=120)


class MirroredOne(DirectiveFields):
    """A directive whose address names it."""

    quote_start = Whole(required=False, min_value=0)
    paragraph = Whole(required=False, min_value=1)
    external_ref = Words(required=False, max_length=120)


class MirroredNotice(NewNotice):
    """A notice as another system keeps it; with its directives, where they are named."""

    directives = many(MirroredDirective())


class Issue(Asked):
    unhandled_ok = YesOrNo(required=False)


class Discard(Asked):
    reason = words(needed=False)


class Assign(Asked):
    agency = AgencyField()
    role = one_of(Role.values, needed=True)
    due_on = day_or_none()


class End(Asked):
    until = day(needed=True)
    reason = words(needed=True)

"""What a column can keep: asked before the database is, so that a wrong value has a sentence and its field."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid

# A mistyped year is the commonest wrong date; the working calendar is counted day by day.
FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2199, 12, 31)
TEXT_LIMIT = 20_000  # characters that people write by hand
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


def fit(row: Model, *names: str) -> None:
    """Pass when each named field of `row` holds what its column can keep; else raise Invalid with the field's name.

    Relations are passed over: whoever may be named there is the action's own question.
    """
    for name in names:
        field = row._meta.get_field(name)  # noqa: SLF001
        value = getattr(row, name)
        if field.is_relation:
            continue
        if isinstance(value, str):
            _keepable(name, value)
        if isinstance(value, date):
            fit_day(name, value)
        try:
            field.clean(value, row)
        except ValidationError as error:
            raise Invalid(name, error.messages[0]) from None


def fit_text(field: str, text: str) -> None:
    """Pass when `text`, written by hand, can be kept; else raise Invalid(field)."""
    _keepable(field, text)
    if len(text) > TEXT_LIMIT:
        raise Invalid(field, _("This is too long: at most %(limit)s characters."), limit=TEXT_LIMIT)


def fit_day(field: str, day: date | None) -> None:
    """Pass when the local date `day` can be meant; else raise Invalid(field)."""
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        between = {"first": f"{FIRST_DAY:%d/%m/%Y}", "last": f"{LAST_DAY:%d/%m/%Y}"}
        raise Invalid(field, _("Please look at the year: a date lies between %(first)s and %(last)s."), **between)


def _keepable(field: str, text: str) -> None:
    if UNKEEPABLE.search(text):
        raise Invalid(field, _("The text contains characters that cannot be kept."))

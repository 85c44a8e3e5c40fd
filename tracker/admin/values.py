"""What a form shows and what was sent by it, as plain values that can be laid side by side; and the same in words."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from directives.rules.reconciling import Value
from tracker.admin.fields import LinesField, one_line_end

NOTHING = "–"
TICKED = "on"
MANY = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


def names_of(form: forms.BaseForm) -> Iterator[str]:
    """The fields that a person fills in and that may be shown again; passwords and files are not."""
    row = form.instance if isinstance(form, forms.ModelForm) else None
    ids = {row._meta.pk.name} if row is not None else set()  # noqa: SLF001
    for name, field in form.fields.items():
        kept = not isinstance(field.widget, forms.PasswordInput) and not isinstance(field, forms.FileField)
        if kept and name not in ids and not isinstance(field, forms.models.InlineForeignKeyField) and name != "DELETE":
            yield name


def shown(form: forms.BaseForm) -> dict[str, Value]:
    """What an unbound form shows, by field."""
    return {name: plain(form.fields[name], form[name].value()) for name in names_of(form)}


def sent(form: forms.BaseForm, data: QueryDict, prefix: str = "") -> dict[str, Value]:
    """What was sent by the same form; `prefix` is that of a row within a page."""
    names = {name: f"{prefix}-{name}" if prefix else form.add_prefix(name) for name in names_of(form)}
    return {
        name: plain(form.fields[name], form.fields[name].widget.value_from_datadict(data, {}, html_name))
        for name, html_name in names.items()
    }


def plain(field: forms.Field, raw: Any) -> Value:
    """The value that the field takes from `raw`, whatever its spelling; what it would refuse stays as it is."""
    if isinstance(field, LinesField):
        lines = raw if isinstance(raw, list) else one_line_end(raw or "").split("\n")
        return tuple(line.strip() for line in lines if line.strip())
    if isinstance(field, MANY):
        return frozenset(_text(one) for one in (raw if isinstance(raw, Iterable) and not isinstance(raw, str) else ()))
    if isinstance(field, forms.ModelChoiceField) or raw is None:
        return _text(raw)
    try:
        return _text(field.to_python(raw))
    except ValidationError:
        return _text(raw).strip()


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return TICKED
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return one_line_end(str(value))


def put(data: QueryDict, html_name: str, field: forms.Field, value: Value) -> None:
    """Write a value into what was sent, as a browser would send it."""
    data.pop(html_name, None)
    if isinstance(value, frozenset):
        data.setlist(html_name, sorted(value))
    elif isinstance(value, tuple):
        data[html_name] = "\r\n".join(value)
    elif value or not isinstance(field, forms.BooleanField):
        data[html_name] = value or ""


def in_words(field: forms.Field, value: Value) -> str:
    """A value as a person reads it: names instead of ids, days as they are written here."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if not value:
        return NOTHING
    if isinstance(value, frozenset):
        return ", ".join(sorted(_named(field, value)))
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(field, forms.ChoiceField):
        return next(iter(_named(field, [value])), value)
    if isinstance(field, forms.DateField):
        return _day(value)
    return value


def _day(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def _named(field: forms.Field, values: Iterable[str]) -> list[str]:
    """The names of what was chosen; one query where they are rows, whether or not they may still be chosen."""
    if isinstance(field, forms.ModelChoiceField):
        among = field.queryset.model._base_manager  # noqa: SLF001 - also what is not offered any more
        key = field.to_field_name or "pk"
        rows = among.filter(**{f"{key}__in": [value for value in values if key != "pk" or value.isdigit()]})
        return [field.label_from_instance(row) for row in rows]
    names = {str(value): str(words) for value, words in _flat(getattr(field, "choices", ()))}
    return [names.get(value, value) for value in values]


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for value, words in choices:
        if isinstance(words, (list, tuple)):
            yield from _flat(words)
        else:
            yield value, words

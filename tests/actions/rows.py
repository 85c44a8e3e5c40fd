"""Rows for the tests of the database's constraints: one more like another, and one changed past everything."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models

Making = Callable[[], object]
DAY = timedelta(days=1)


def again(row: models.Model, **changes: object) -> models.Model:
    """One more row like this one, but for the changes; what is unique by itself is made anew."""
    for field in row._meta.local_fields:
        if field.primary_key:
            setattr(row, field.attname, None)
        elif field.name == "uuid":
            row.uuid = field.get_default()
    for name, value in changes.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)
    return row


def changed(row: models.Model, **changes: object) -> None:
    """The same row, changed past everything but the database."""
    type(row)._base_manager.filter(pk=row.pk).update(**changes)

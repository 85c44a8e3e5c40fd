"""What a word in an address stands for: a day, a number, an id, an agency by its code; None where it is none."""

import re
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.agencies import ids_under_code
from accounts.prepared import ask
from directives.models import Notice
from directives.models.notices import REFERENCE
from tracker import clock
from tracker.api.remembered import Remembered

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_NUMBER = 18  # digits
_trees: Remembered[frozenset[int]] = Remembered()
ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def find_day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if DAY.fullmatch(word) else None
    except ValueError:
        return None


def find_past_day(word: str) -> date | None:
    """A day; one to come is refused as such."""
    day = find_day(word)
    if day is not None and day > clock.today():
        raise Refused(_("This day has not come yet."))
    return day


def find_number(word: str) -> int | None:
    """A whole number that a column of the database can hold."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER else None


def find_id(word: str) -> UUID | None:
    return UUID(word) if ID.fullmatch(word) else None


def find_agency(code: str) -> int | None:
    """The agency's id."""
    return _id_of("SELECT id FROM accounts_agency WHERE code = %s", code)


def find_subtree(code: str) -> frozenset[int] | None:
    """The ids of the agency and of all below it, as they are or were a moment ago."""
    return _trees.get(code, lambda: ids_under_code(code) or None)


def find_committee(code: str) -> int | None:
    """The committee's id."""
    return _id_of("SELECT id FROM accounts_committee WHERE code = %s", code)


def _id_of(statement: str, code: str) -> int | None:
    return next((pk for (pk,) in ask(statement, [code])), None)


def find_notices(word: str) -> QuerySet[Notice] | None:
    """By number and symbol, which two years may share, or by id."""
    if REFERENCE.match(word):
        return Notice.objects.by_reference(word)
    return Notice.objects.filter(uuid=UUID(word)) if ID.fullmatch(word) else None

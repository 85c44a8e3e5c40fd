"""Searching as people type: without marks, the words in any order, a notice by its number."""

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat

from directives.rules.spelling import without_marks

# Grave, acute, circumflex, tilde, breve, hook above, horn and dot below: what Vietnamese sets on its letters.
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
MOST_WORDS = 12
LONGEST_NUMBER = 6  # digits


class Plain(Func):
    """A text in plain small Latin letters: what `rules.spelling.without_marks` says, asked of the database."""

    template = f"lower(translate(normalize(%(expressions)s, NFD), 'đĐ{MARKS}', 'dd'))"
    output_field = TextField()


def plain_words(*fields: str) -> Plain:
    """Several columns as one plain text."""
    between = [part for field in fields for part in (F(field), Value(" ", TextField()))]
    return Plain(Concat(*between, output_field=TextField()))


def said(text: str, *, number: str, symbol: str) -> Q:
    """Rows, annotated with `plain`, that hold every word of `text`; `number` and `symbol` name the columns of a notice.

    '369' is a number as well as a word, '369/TB' a number and how its symbol begins.
    """
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        digits, stroke, rest = word.partition("/")
        wanted = Q(plain__contains=without_marks(word).lower())
        if digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
            numbered = Q(**{number: int(digits)})
            wanted = numbered & Q(**{f"{symbol}__istartswith": rest}) if stroke else wanted | numbered
        found &= wanted
    return found

"""What comes in: JSON that means the same to every reader, or it is refused with the field that does not.

RFC 8259 leaves open what a repeated name means, and Python reads more than JSON has; neither gets past this page.
"""

import json
import re
from collections.abc import Iterator
from typing import IO, Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType, ValidationError
from rest_framework.parsers import BaseParser

# Bytes. Files are sent beside it, not in it.
LARGEST = 1024 * 1024
# Half of a pair alone is no character; NUL is one that no column of text can hold.
NOT_TEXT = re.compile("[\ud800-\udfff\0]")
NOT_JSON = _("This is not JSON: line %(line)s, column %(column)s.")
NOT_UTF8 = _("JSON is sent as UTF-8.")
NOT_AN_OBJECT = _("Send one JSON object.")
TOO_DEEP = _("This is nested too deeply.")
TWICE = _("This name stands here twice.")
NO_NUMBER = _("NaN and Infinity are no numbers.")
NO_TEXT = _("This holds a character that is no text.")


class TooLarge(APIException):
    """More was sent than is taken (413)."""

    status_code = 413
    default_code = "too-large"


class Packed(UnsupportedMediaType):
    """A body that is packed: what it unpacks to, nobody knows before (415)."""

    def __init__(self, how: str) -> None:
        super().__init__(how, _("Send the body as it is, not packed."))


class Unreadable(ParseError):
    """A body that is no JSON, said in our own words (400)."""


class Trap(ValueError):
    """Something that JSON leaves open or forbids, and where it stands."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        self.field, self.sentence = field, sentence


class StrictJSONParser(BaseParser):
    """`application/json` in UTF-8: one object, each name once, numbers that are numbers, text that is text."""

    media_type: ClassVar[str] = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """The object. Raises Unreadable, ValidationError with the field, or TooLarge."""
        sent = stream.read(LARGEST + 1)
        if len(sent) > LARGEST:
            raise TooLarge
        return read_object(sent)


def read_object(sent: bytes) -> dict[str, Any]:
    """The JSON object in `sent`. Raises Unreadable, or ValidationError with the field that is wrong."""
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Unreadable(NOT_UTF8) from wrong
    try:
        found = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
        wrong_texts = list(_no_text(found))
    except json.JSONDecodeError as wrong:
        raise Unreadable(NOT_JSON % {"line": wrong.lineno, "column": wrong.colno}) from wrong
    except Trap as wrong:
        raise _refusal(wrong) from wrong
    except RecursionError as wrong:
        raise Unreadable(TOO_DEEP) from wrong
    except ValueError as wrong:  # more digits than an integer is read from
        raise Unreadable(NO_NUMBER) from wrong
    if not isinstance(found, dict):
        raise Unreadable(NOT_AN_OBJECT)
    if wrong_texts:
        raise ValidationError({field: [str(sentence)] for field, sentence in wrong_texts})
    return found


def _refusal(trap: Trap) -> APIException:
    return ValidationError({trap.field: [str(trap.sentence)]}) if trap.field else Unreadable(str(trap.sentence))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise Trap(next(name for name in names if names.count(name) > 1), TWICE)
    return found


def _no_constant(_word: str) -> None:
    raise Trap("", NO_NUMBER)


def _no_text(found: Any, name: str = "") -> Iterator[tuple[str, str | Promise]]:
    """Each field whose text, or whose name, is none."""
    if isinstance(found, str):
        if NOT_TEXT.search(found):
            yield name, NO_TEXT
    elif isinstance(found, dict):
        for key, value in found.items():
            if NOT_TEXT.search(key):
                yield NOT_TEXT.sub("\ufffd", key), NO_TEXT
            yield from _no_text(value, f"{name}.{key}" if name else key)
    elif isinstance(found, list):
        for place, value in enumerate(found):
            yield from _no_text(value, f"{name}[{place}]")

"""Plain text: bytes in one of the codes that Vietnamese offices have used, made into letters."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid

NOT_TEXT = _("This file holds no text. Choose the notice as .txt, .docx or .pdf.")
OLD_LETTERS = _("The letters of this file are in an old code (such as TCVN3 or VNI). Save it as UTF-8 and try again.")

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for vowel in VOWELS
    for letter in (vowel, vowel.upper())
    for tone in TONES
) | frozenset("đĐ“”‘’–—…•§°«»×²³\u00a0")
# Words that no page of Vietnamese lacks; in VNI or TCVN3 they are spelt with other letters.
WORD = re.compile(r"\w+")
LOOKED_AT = 200_000  # characters in which everyday words are looked for
EVERYDAY = frozenset({"và", "của", "các", "được", "số", "ngày", "tháng", "đến", "là", "có", "với", "bộ"})


def decoded(content: bytes) -> str:
    """The text of a .txt file in UTF-8, UTF-16 or windows-1258. Raises Invalid('file') for anything else."""
    try:
        text = content.decode(_code(content))
    except UnicodeDecodeError:
        text = _of_windows(content)
    if "\0" in text:
        raise Invalid("file", NOT_TEXT)
    return text


def _code(content: bytes) -> str:
    for mark, code in MARKS:
        if content.startswith(mark):
            return code
    # Without its mark UTF-16 shows by the empty halves of plain Latin letters.
    half = max(1, len(content) // 2)
    if content[1::2].count(0) * 3 > half:
        return "utf-16-le"
    return "utf-16-be" if content[::2].count(0) * 3 > half else "utf-8"


def _of_windows(content: bytes) -> str:
    if b"\0" in content:
        raise Invalid("file", NOT_TEXT)
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        raise Invalid("file", OLD_LETTERS) from None
    strange = sum(not letter.isascii() and letter not in VIETNAMESE for letter in text)
    if strange * 100 > len(text) or not EVERYDAY & set(WORD.findall(text[:LOOKED_AT].lower())):
        raise Invalid("file", OLD_LETTERS)
    return text

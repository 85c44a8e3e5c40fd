"""Numbers as people write them in reports: grouped, with a comma or a point before the fraction, the unit behind."""

import re
import unicodedata
from decimal import Decimal

BLANKS = re.compile(r"\s+")
# Whole digits and those of the fraction, as figures are kept.
WHOLE, FRACTION = 14, 4


def read_number(typed: str, *, comma: str, point: str, unit: str = "") -> Decimal | None:
    """The number in `typed`, or None where it is none: in Vietnamese '3.924' is 3924 and '71,75 %' is 71.75.

    `comma` stands before the fraction, `point` between groups of three digits; blanks may stand there, too. What could
    be meant in two ways, as '71.75' in Vietnamese, is no number. The unit may follow, `unit` or %.
    """
    text = BLANKS.sub(" ", unicodedata.normalize("NFKC", typed)).strip().replace("−", "-")
    for behind in (unit, "%"):
        if behind and text.casefold().endswith(behind.casefold()):
            text = text[: -len(behind)].rstrip()
    group, fraction = re.escape(point), re.escape(comma)
    written = rf"([+-]?)(\d{{1,3}}(?:(?:{group}\d{{3}})+|(?: \d{{3}})+)|\d+)(?:{fraction}(\d+))?"
    found = re.fullmatch(written, text, re.ASCII)
    if found is None:
        return None
    sign, whole, part = found[1], re.sub(r"\D", "", found[2]), found[3] or ""
    return Decimal(f"{sign}{whole}.{part or 0}")


def fits(number: Decimal) -> bool:
    """Whether a figure can be kept to its last digit."""
    _sign, digits, exponent = number.normalize().as_tuple()
    behind = max(0, -int(exponent))
    return behind <= FRACTION and len(digits) + int(exponent) <= WHOLE

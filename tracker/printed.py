"""Figures as official reports print them, in the reader's language."""

from decimal import Decimal

from django.utils.formats import get_format
from django.utils.numberformat import format as grouped


def plain(number: Decimal | None) -> str:
    """A figure with points and comma as the language has them: 3.924 and 71,75 in Vietnamese; '' for none."""
    if number is None:
        return ""
    comma, point = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    # Django groups no Vietnamese numbers by itself.
    return str(grouped(number.normalize() + 0, comma, grouping=3, thousand_sep=point, force_grouping=True))


def signed(difference: Decimal | None) -> str:
    """A difference with its sign: '+3', '−2,5', '0'; '' for none."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + plain(abs(difference))

"""Figures as official reports print them, in the reader's language."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import get_format
from django.utils.numberformat import format as grouped

from directives.rules.attainment import HUNDRED, Bound, Figure, rounded

BOUNDS = {Bound.AT_LEAST: "≥ ", Bound.AT_MOST: "≤ ", Bound.EXACT: ""}


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


def exact(number: Fraction | None, places: int = 2) -> str:
    """A computed figure, rounded half up to `places` decimals; '' for none."""
    return "" if number is None else plain(rounded(number, places))


def percent_of(part: Fraction | None, bound: Bound = Bound.EXACT) -> str:
    """A share: '56,94 %', with the sign of its bound; '' for none."""
    return "" if part is None else f"{BOUNDS[bound]}{exact(part * HUNDRED)} %"


def figure(said: Figure | None, *, in_percent: bool = False) -> str:
    """A figure as a report prints it: '≥ 97', '2.416/3.924', and in per cent '56,94 (41/72)'; '' for none."""
    if said is None:
        return ""
    parts = ""
    if said.is_of:
        parts = f"{exact(Fraction(said.numerator or 0), 4)}/{exact(Fraction(said.denominator or 0), 4)}"
    value = exact(Fraction(said.value), 4) if said.value is not None else ""
    if not value and in_percent:
        value = exact(said.worth(in_percent=True))
    shown = f"{value} ({parts})" if value and parts else value or parts
    return BOUNDS[said.bound] + shown if shown else ""

"""A number on a page, and the way to the rows that it counts.

Every number that counts rows is marked `data-counts`: in a link to them, or beside the very rows. The rows are the
children of what is marked `data-rows`, or what is of the kind that the number names (`data-row`). A test walks through
the pages and follows each.
"""

from decimal import Decimal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tracker.printed import plain


def counted(number: int | str, address: str = "", look: str = "number", of: str = "") -> SafeString:
    """How many, leading to the rows behind `address`; without one the rows stand beside it. Of none there is no way.

    A `str` is printed as it is: '999+'. `of`: only the rows of this kind are meant, those whose `data-row` names it.
    """
    shown = number if isinstance(number, str) else plain(Decimal(number))
    if shown == "0":
        return format_html('<span class="{} none" data-counts="{}">{}</span>', look, of, shown)
    if not address:
        return format_html('<span class="{}" data-counts="{}">{}</span>', look, of, shown)
    return format_html('<a class="{}" href="{}" data-counts="{}">{}</a>', look, address, of, shown)


def in_sentence(words: str, **numbers: SafeString) -> SafeString:
    """A translated sentence with numbers in it that lead to their rows."""
    return mark_safe(str(conditional_escape(words)) % numbers)  # noqa: S308 - escaped, and its numbers are `counted`

"""Small marks for every page: an icon, a chip for the standing."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.chips import Chip
from tracker.counted import counted
from tracker.printed import plain, signed
from tracker.web.wording import CHIPS

register = template.Library()
register.filter("plain", plain)
register.filter("signed", signed)
register.simple_tag(counted)

NOTE_ICONS = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "error": "exclamation-octagon-fill",
}


@register.simple_tag
def counted_part(address: str, show: str, many: int, of: int | None = None) -> SafeString:
    """How many parts that were handed down are so, leading to them at `address` (empty: here); '-' says that the
    reader does not see them."""
    if address == "-":
        return format_html('<span class="unseen">{}</span>', many)
    only = f"&of={of}" if of else ""
    return counted(many, f"{address}?show={show}{only}#rows")


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon `name` of the sprite, hidden from screen readers: the words beside it say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("tracker/img/icons.svg"),
        name,
    )


@register.simple_tag
def icon_of_note(level: str) -> SafeString:
    """The icon of a note by its level: success, warning, error; otherwise plain information."""
    return icon(NOTE_ICONS.get(level, "info-circle"))


@register.simple_tag
def chip(said: Chip) -> SafeString:
    """A standing as words, icon and colour."""
    return format_html('<span class="chip chip-{}">{}{}</span>', said.standing, icon(said.icon), said.words)


@register.simple_tag
def icon_of_standing(standing: str) -> SafeString | str:
    """The icon of a standing by its name; nothing for a name that is none."""
    return icon(CHIPS[standing].icon) if standing in CHIPS else ""


@register.simple_tag
def meter(done: int, total: int) -> SafeString:
    """A bar that shows `done` of `total`; drawn without a style attribute, which the content policy forbids."""
    share = round(100 * done / total) if total else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none">'
        '<rect class="bar-all" width="100" height="6"/><rect class="bar-done" width="{}" height="6"/></svg>',
        share,
    )

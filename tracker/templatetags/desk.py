"""What the templates of the desk say in their own way: labelled cells, words of the rules, chips."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from directives.briefing import Line
from directives.models import Role
from directives.rules.lifecycle import LABELS as STATES
from directives.rules.lifecycle import LIVE, State
from directives.rules.standing import LABELS as STANDINGS
from directives.rules.standing import Standing
from tracker.admin.words import changes, verb_words
from tracker.counted import in_sentence
from tracker.paper_asking import kind_name

register = template.Library()
register.filter("said", gettext)
register.filter("changes", changes)
register.filter("verb_words", verb_words)

register.simple_tag(kind_name, name="kind_of_paper")
register.filter("role_name", lambda role: Role(role).label)

EMPTY = "–"
PART = (
    '<li{}><span class="part-role">{}</span><span class="part-what"><a href="{}">{}</a>{}'
    '<span class="small soft">{}</span></span></li>'
)
# What figures count is marked, so that they can be followed to it.
LIVE_PART, DONE_PART = SafeString(' data-row="live"'), SafeString(' data-row="live done"')
ROLES = dict(Role.choices)
COLUMN = re.compile(r'class="(?:[^"]* )?column-(\w+)')
CELL = re.compile(r'class="field-(\w+)')
ICONS = {
    Standing.ON_TRACK: "clock",
    Standing.DUE_SOON: "hourglass-split",
    Standing.OVERDUE: "exclamation-octagon-fill",
    Standing.WAITING: "inbox",
    Standing.DONE_ON_TIME: "check-circle-fill",
    Standing.DONE_LATE: "check-circle",
    Standing.UNDATED: "calendar2-minus",
    Standing.SUSPENDED: "pause-circle",
    Standing.OUTSIDE: "ban",
}


@register.filter
def labelled(cell: str, headers: list[dict[str, Any]]) -> str:
    """A cell of a list with its column's name beside it, for screens too narrow for columns."""
    cell = in_words(cell)
    mine = CELL.search(cell)
    for header in headers if mine else []:
        column = COLUMN.search(header["class_attrib"])
        if mine and column and column[1] == mine[1]:
            label = escape(capfirst(str(header["text"])))
            empty = "cell-empty " if cell.endswith(f">{EMPTY}</td>") else ""
            labelled_cell = cell.replace(' class="', f' data-label="{label}" class="{empty}', 1)
            return mark_safe(labelled_cell)  # noqa: S308 - Django's own cell
    return cell


TRUTH = re.compile(r'<img src="[^"]*icon-(?:yes|no|unknown)[^"]*" alt="(True|False|None)">')


@register.filter
def in_words(cell: str) -> SafeString:
    """A cell of Django's in which yes and no stand as words in the reader's language, not as pictures."""
    words = {"True": gettext("yes"), "False": gettext("no"), "None": EMPTY}
    return mark_safe(TRUTH.sub(lambda found: capfirst(words[found[1]]), str(cell)) or EMPTY)  # noqa: S308 - Django's


@register.filter
def with_our_words(inline: Any) -> str:
    """What Django's script for rows within a page needs to know, with the name of a row as it stands in a sentence."""
    told = json.loads(inline.inline_formset_data())
    told["options"]["addText"] = gettext("Add %(name)s") % {"name": inline.opts.verbose_name}
    return json.dumps(told)


def with_more(first: str, more: str) -> SafeString:
    """A cell that says two things: the first, and in small letters below it the second."""
    return format_html('{} <span class="cell-more">{}</span>', first, more)


@register.simple_tag
def state_words(state: str) -> str:
    """The state of an assignment in words."""
    return gettext(STATES[State(state)])


@register.simple_tag
def standing_chip(standing: str) -> SafeString:
    """How an assignment stands with its date, in words, icon and colour."""
    return format_html(
        '<span class="chip chip-{}"><svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>{}</span>',
        standing,
        static("tracker/img/icons.svg"),
        ICONS[Standing(standing)],
        gettext(STANDINGS[Standing(standing)]),
    )


@register.simple_tag
def briefing_line(line: Line) -> SafeString:
    """What befell some agencies of one directive: a thousand lines are written in the time of fifty templates."""
    what = gettext(line.change.label) + (f" ({gettext('late')})" if line.late else "")
    told = format_html_join("; ", '<span data-row="change">{}</span>', ((name,) for name in line.first_named))
    if line.others:
        more = format_html('<span data-row="change" data-stands-for="{}">{}</span>', line.others, line.others)
        told = format_html("{} {}", told, in_sentence(gettext("and %(more)s more"), more=more))
    return format_html("<li><strong>{}:</strong> {}{}</li>", what, told, _days_of(line))


def _days_of(line: Line) -> str:
    """From when to when a deadline moved, or when it is."""
    day = f"{line.due_on:%d/%m/%Y}" if line.due_on else ""
    if line.was_due_on:
        return f" – {line.was_due_on:%d/%m/%Y} → {day or gettext('Undated')}"
    return (" – " + gettext("deadline %(day)s") % {"day": day}) if day else ""


@register.simple_tag
def part_lines(rows: Iterable[Any]) -> SafeString:
    """The assignments of a directive, each with its agency and standing: a thousand of them may stand on one page."""
    address = reverse("admin:directives_assignment_change", args=[0]).replace("0", "{}")
    chips: dict[str, SafeString] = {}
    lines = []
    for row in rows:
        if row.standing not in chips:
            chips[row.standing] = standing_chip(row.standing)
        when = (f"{row.period_name}: " if row.period else "") + (f"{row.due_on:%d/%m/%Y}" if row.due_on else "")
        kind = DONE_PART if row.state == State.DONE else LIVE_PART if row.state in LIVE else ""
        shown = (kind, ROLES[row.role], address.format(row.pk), row.agency.name, chips[row.standing], when)
        lines.append(format_html(PART, *shown))
    return SafeString("".join(lines))

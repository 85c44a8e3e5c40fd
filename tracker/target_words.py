"""Where a target stands, in words: every figure with its parts, every guess with what it assumes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directives.models.periods import period_name
from directives.rules.adding_up import AddedUp, Column
from directives.rules.attainment import Bound, Verdict
from directives.rules.trend import Step, Way
from directives.targets import Target
from tracker.chips import Chip
from tracker.printed import BOUNDS, exact, figure, percent_of, plain

VERDICTS = {
    Verdict.MET: Chip("done_on_time", gettext_lazy("Target met"), "check-circle-fill"),
    Verdict.NOT_YET: Chip("on_track", gettext_lazy("Not met yet"), "play-circle"),
    Verdict.NOT_MET: Chip("overdue", gettext_lazy("Target missed"), "exclamation-octagon-fill"),
    Verdict.OPEN: Chip("undated", gettext_lazy("Cannot be told yet"), "question-circle"),
}
WAYS = {
    Way.BETTER: gettext_lazy("closer to the target"),
    Way.WORSE: gettext_lazy("further from the target"),
    Way.SAME: gettext_lazy("unchanged"),
    Way.OPEN: gettext_lazy("which way cannot be told: a figure is only known as a bound"),
}


@dataclass(frozen=True)
class Fact:
    """A line about a target; `warns` where somebody should look."""

    name: str | Promise
    words: str
    warns: bool = False


def facts(target: Target) -> list[Fact]:
    """All that can be said, in the order in which one asks."""
    return [*_reached(target), *_ahead(target), *_parts(target)]


def warnings(target: Target) -> list[Fact]:
    """Of them those that somebody should look at."""
    return [fact for fact in facts(target) if fact.warns]


def day(on: date) -> str:
    """As offices write it."""
    return f"{on:%d/%m/%Y}"


def in_unit(target: Target, number: Fraction | None) -> str:
    """A computed figure with its unit: '74,84 %'."""
    return f"{exact(number)} {target.indicator.unit}".strip()


def latest(target: Target) -> str:
    """'≥ 2.416/3.924 thôn'; '' without a reading."""
    if target.latest is None:
        return ""
    shown = figure(target.latest.figure, in_percent=target.indicator.in_percent)
    return f"{shown} {target.indicator.unit}".strip()


def attainment(target: Target) -> str:
    """'61,57 % (2.416 trên 3.924)': never without its parts; '' where nothing can be said."""
    found = target.attained
    if found is None:
        return ""
    parts = {"covered": exact(found.covered, 4), "way": exact(found.way, 4)}
    return f"{percent_of(found.share, found.bound)} ({_('%(covered)s of %(way)s') % parts})"


def _reached(target: Target) -> Iterator[Fact]:
    reading = target.latest
    if reading is None:
        yield Fact(_("Latest figure"), _("None yet."))
    else:
        state = _("verified figure") if reading.verified else _("reported figure, not verified yet")
        yield Fact(_("Latest figure"), f"{latest(target)} · {day(reading.as_of)} · {state}")
    if said := attainment(target):
        since = _(", from the baseline %(baseline)s") % {"baseline": plain(target.indicator.baseline)}
        yield Fact(_("Attainment"), said + (since if target.indicator.baseline is not None else ""))
    if target.step is not None:
        yield Fact(_("Trend"), _trend(target.step))
    if target.awaited is not None:
        yield Fact(_("Next figure"), _("%(period)s is over and has no figure.") % _of(target.awaited.label), warns=True)


def _of(label: str) -> dict[str, str]:
    return {"period": period_name(label)}


def _trend(found: Step) -> str:
    """'+5 so với 01/04/2025: gần mục tiêu hơn'."""
    said = {"day": day(found.since), "way": WAYS[found.way]}
    if found.difference is None:
        words = _("since %(day)s: %(way)s") % said
    else:
        sign = "+" if found.difference > 0 else "−" if found.difference < 0 else ""
        change = f"{BOUNDS[found.bound]}{sign}{exact(abs(found.difference))}"
        words = _("%(change)s since %(day)s: %(way)s") % {**said, "change": change}
    if found.other_whole:
        wholes = {"was": exact(found.was_of, 4), "now": exact(found.is_of, 4)}
        words += "; " + _("the denominator was %(was)s and is %(now)s") % wholes
    return words


def _ahead(target: Target) -> Iterator[Fact]:
    due_on = target.indicator.due_on
    if (found := target.expected) is not None:
        way = {
            "value": in_unit(target, found.value),
            "start": in_unit(target, found.start.value),
            "from": day(found.start.on),
            "target": in_unit(target, found.target),
            "due": day(found.due_on),
        }
        words = _("%(value)s, if the way from %(start)s on %(from)s to %(target)s on %(due)s is walked evenly.") % way
        beside = {True: _("The latest figure lies behind that way."), False: _("The latest figure keeps up with it.")}
        verdict = "" if target.is_behind is None else beside[target.is_behind]
        yield Fact(_("Expected today"), f"{words} {verdict}".strip(), warns=bool(target.is_behind))
    if target.wanted is None or due_on is None or due_on < target.today or target.verdict == Verdict.MET:
        return
    yield _forecast(target, due_on)


def _forecast(target: Target, due_on: date) -> Fact:
    found = target.forecast
    if found is None:
        return Fact(_("Forecast"), _("None: it needs three figures of different days that are no bounds."))
    said = {"n": found.readings, "value": in_unit(target, found.value), "due": day(due_on)}
    pace = ngettext(
        "At the pace of %(n)s figure it is %(value)s on %(due)s",
        "At the pace of %(n)s figures it is %(value)s on %(due)s",
        found.readings,
    )
    ends = _("the target is reached") if not found.misses else _("the target is missed")
    words = f"{pace % said}: {ends}"
    if found.misses and found.reached_on is not None and found.reached_on > due_on:
        words += " " + _("(at that pace it is reached on %(day)s)") % {"day": day(found.reached_on)}
    return Fact(_("Forecast"), f"{words}.", warns=found.misses)


def _parts(target: Target) -> Iterator[Fact]:
    for on, found in target.sums:
        words = sum_in_words(found)
        if words:
            name = _("Parts as of %(day)s") % {"day": day(on)}
            yield Fact(name, words, warns=not found.agrees)


def sum_in_words(found: AddedUp) -> str:
    """Whether the parts add up, and where not by how much; '' where nothing could be compared."""
    if found.missing:
        return _("Without a figure of that day: %(names)s.") % {"names": ", ".join(found.missing)}
    if not found.disagreements:
        return _("They add up to the total.") if found.compared else ""
    return " ".join(_disagreement(one.column, one.parts, one.total, one.bound) for one in found.disagreements)


def _disagreement(column: Column, parts: Fraction, total: Fraction, bound: Bound) -> str:
    said = {
        "what": _("Numerators") if column is Column.NUMERATOR else _("Parts"),
        "parts": BOUNDS[bound] + exact(parts, 4),
        "total": exact(total, 4),
        "difference": exact(abs(total - parts), 4),
    }
    if total > parts:
        return _("%(what)s do not add up: together %(parts)s, the total says %(total)s, %(difference)s missing.") % said
    return _("%(what)s do not add up: together %(parts)s, the total says %(total)s, %(difference)s too many.") % said

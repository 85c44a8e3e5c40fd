"""The sentences of a period report, as an office writes them; every figure in them comes from the register."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Agency, Committee
from directives.figures import Cells
from directives.models.periods import ROMAN
from directives.rules.changes import Change
from directives.rules.deadlines import Every
from directives.rules.recurrence import read_label
from directives.rules.stretches import Stretch
from tracker.papers.cells import done, in_time, late
from tracker.papers.words import day, percent, whole

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def name_of(stretch: Stretch) -> str:
    """'tháng 11 năm 2026', 'quý IV năm 2026', '6 tháng cuối năm 2026', 'năm 2026', 'từ ngày … đến ngày …'."""
    read = read_label(stretch.label)
    if read is None:
        return _("from %(first)s to %(last)s") % {"first": day(stretch.first), "last": day(stretch.last)}
    every, year, part = read
    if every is Every.HALF:
        return (_("the first half of %(year)s") if part == 1 else _("the second half of %(year)s")) % {"year": year}
    names = {
        Every.MONTH: _("month %(part)s of %(year)s"),
        Every.QUARTER: _("quarter %(part)s of %(year)s"),
        Every.YEAR: _("the year %(year)s"),
    }
    return names[every] % {"year": year, "part": ROMAN[part] if every is Every.QUARTER else part}


def work_of(body: Committee | Agency, *, handed_down: bool = False) -> str:
    """Of whose work is told, as sentences need it."""
    if isinstance(body, Committee):
        return _("the work given by %(committee)s") % {"committee": body.name}
    if handed_down:
        return _("the work handed down by %(agency)s") % {"agency": body.name}
    return _("the work given to %(agency)s") % {"agency": body.name}


def standing_words(cells: Cells, told: Mapping[str, str]) -> Iterator[str]:
    """How all of the work stands on the day, with every share and its parts."""
    if not cells.total:
        yield _("At the end of %(day)s there was nothing of %(work)s.") % told
        return
    yield _(
        "At the end of %(day)s %(work)s was %(total)s assignments: %(done)s done "
        "(%(done_on_time)s on time, %(done_late)s late), %(open)s not done yet (%(open_in_time)s in time, "
        "%(open_overdue)s overdue) and "
        "%(undated)s without a deadline."
    ) % {**told, **_cells(cells)}
    if not cells.dated:
        return
    shares = {"done": percent(done(cells)), "late": percent(late(cells)), "in_time": percent(in_time(cells))}
    if not cells.done:
        yield _("Of what has a deadline, %(done)s was done and %(late)s was overdue.") % shares
        return
    words = _(
        "Of what has a deadline, %(done)s was done and %(late)s was overdue; of what was done, %(in_time)s was on time."
    )
    yield words % shares


def apart_words(cells: Cells) -> Iterator[str]:
    """What is shown apart from the cells."""
    if cells.suspended:
        yield _("%(many)s of the assignments that are in time are suspended.") % {"many": whole(cells.suspended)}
    if cells.coordinating:
        words = _("Beside these, agencies take part in %(many)s assignments as coordinating agencies.")
        yield words % {"many": whole(cells.coordinating)}


def compared_words(then: Cells, now: Cells, before: date) -> str:
    """What is more and what is less than at the end of the period before."""
    told = {
        "day": day(before),
        "total": difference(now.total - then.total),
        "done": difference(now.done - then.done),
        "overdue": difference(now.open_overdue - then.open_overdue),
    }
    return (
        _(
            "Compared with the end of %(day)s, the number of assignments is %(total)s, that of what is done %(done)s, "
            "that of what is overdue %(overdue)s."
        )
        % told
    )


def difference(number: int) -> str:
    """'tăng 12', 'giảm 05', 'không thay đổi'."""
    if not number:
        return _("unchanged")
    return (_("up by %(many)s") if number > 0 else _("down by %(many)s")) % {"many": whole(abs(number))}


def happened_words(counts: Mapping[Change, int], first: date, last: date) -> str:
    """What became of the work within the period."""
    names = {
        Change.NEW: _("%(many)s were newly assigned"),
        Change.DONE: _("%(many)s were done"),
        Change.SLIPPED: _("%(many)s became overdue"),
        Change.EXTENDED: _("%(many)s were given more time"),
        Change.RETURNED: _("%(many)s were returned to be done again"),
        Change.AMENDED: _("%(many)s were amended"),
        Change.WITHDRAWN: _("%(many)s were withdrawn, declined or given to another agency"),
    }
    said = [words % {"many": whole(counts[change])} for change, words in names.items() if counts[change]]
    told = {"first": day(first), "last": day(last), "what": ", ".join(said)}
    if not said:
        return _("From %(first)s to %(last)s nothing changed in this work.") % told
    return _("From %(first)s to %(last)s: %(what)s.") % told


def listed(names: list[tuple[str, int]]) -> str:
    """'Bộ A (12), Bộ B (05)'."""
    return ", ".join(f"{name} ({whole(many)})" for name, many in names)


def _cells(cells: Cells) -> dict[str, str]:
    names = ("total", "done", "done_on_time", "done_late", "open", "open_in_time", "open_overdue", "undated")
    return {name: whole(getattr(cells, name)) for name in names}

"""Every number that a page, a report or another system shows, with one definition each, as of a local date."""

from directives.figures.ageing import Ageing, Overdue, ageing, late, overdue_counted
from directives.figures.ahead import due_ahead
from directives.figures.cells import Basis, By, Cells, cells, cells_as_of, cells_by
from directives.figures.delays import Delays, entry_delays, response_times, stale
from directives.figures.league import league
from directives.figures.ranking import ranks
from directives.figures.rows import Age, Part, rows_aged, rows_of
from directives.figures.scope import Scope
from directives.figures.shares import Shares, shares
from directives.figures.summary import by_month, overdue, totals, totals_by

__all__ = [
    "Age",
    "Ageing",
    "Basis",
    "By",
    "Cells",
    "Delays",
    "Overdue",
    "Part",
    "Scope",
    "Shares",
    "ageing",
    "by_month",
    "cells",
    "cells_as_of",
    "cells_by",
    "due_ahead",
    "entry_delays",
    "late",
    "league",
    "overdue",
    "overdue_counted",
    "ranks",
    "response_times",
    "rows_aged",
    "rows_of",
    "shares",
    "stale",
    "totals",
    "totals_by",
]

"""Every number that a page, a report or another system shows, with one definition each, as of a local date."""

from directives.figures.ageing import Ageing, Overdue, ageing, late, overdue_counted
from directives.figures.ahead import due_ahead
from directives.figures.cells import Basis, By, Cells, cells, cells_as_of, cells_by
from directives.figures.delays import Delays, decided, entered, entry_delays, response_times, slow, stale
from directives.figures.league import carried_by, league
from directives.figures.ranking import ranks
from directives.figures.rows import Age, Part, rows_aged, rows_of
from directives.figures.scope import Scope
from directives.figures.shares import Given, Shares, given_to_several, shares
from directives.figures.summary import by_month, overdue, totals, totals_by

__all__ = [
    "Age",
    "Ageing",
    "Basis",
    "By",
    "Cells",
    "Delays",
    "Given",
    "Overdue",
    "Part",
    "Scope",
    "Shares",
    "ageing",
    "by_month",
    "carried_by",
    "cells",
    "cells_as_of",
    "cells_by",
    "decided",
    "due_ahead",
    "entered",
    "entry_delays",
    "given_to_several",
    "late",
    "league",
    "overdue",
    "overdue_counted",
    "ranks",
    "response_times",
    "rows_aged",
    "rows_of",
    "shares",
    "slow",
    "stale",
    "totals",
    "totals_by",
]

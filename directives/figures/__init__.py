"""Every number that a page, a report or another system shows, with one definition each, as of a local date."""

from directives.figures.cells import Basis, By, Cells, cells, cells_as_of, cells_by
from directives.figures.scope import Scope
from directives.figures.summary import by_month, totals, totals_by

__all__ = ["Basis", "By", "Cells", "Scope", "by_month", "cells", "cells_as_of", "cells_by", "totals", "totals_by"]

"""The official cells as a table: what they count, each with its share of the total."""

from django.utils.translation import gettext as _

from directives.figures import Cells
from tracker.papers.form import Column, Kind, Share, Table


def cells_table(cells: Cells) -> Table:
    """Four cells and the undated, which together are the total that is added up below them."""
    names = {
        "done_on_time": _("Done on time"),
        "done_late": _("Done late"),
        "open_in_time": _("Open, in time"),
        "open_overdue": _("Open, overdue"),
        "undated": _("Undated"),
    }
    rows = [(words, getattr(cells, name), Share(getattr(cells, name), cells.total)) for name, words in names.items()]
    columns = [
        Column(_("How it stands"), 60),
        Column(_("Assignments"), 30, Kind.WHOLE, added_up=True),
        Column(_("Share"), 50, Kind.SHARE),
    ]
    return Table(columns, rows, title=_("Leads and own shares"), numbered=False)

"""The forms of a list on its way in: which file, what its columns mean, and what is unclear."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Agency
from directives.actions.list_reading import NOBODY, Row, Wishes
from directives.models import Notice, NoticeState
from directives.rules.lists.cells import Cell, text_of
from directives.rules.lists.columns import Means, guess, heading_row, heads_section, numbers_columns
from tracker.admin.agency_choices import agencies_on, by_kind, groups
from tracker.admin.fields import DeskForm
from tracker.admin.list_words import LABELS
from tracker.admin.long_choices import LongSelect, Ready
from tracker.admin.seat import Seat
from tracker.documents.reading import FILE_LIMIT, TOO_LARGE
from tracker.documents.table import ROWS_LIMIT, Table

SEVERAL_LEADS = (
    ("", gettext_lazy("Tell me as a fault")),
    ("first", gettext_lazy("The first leads, the others coordinate")),
    ("share", gettext_lazy("Each answers for its own share")),
)
LEADS = gettext_lazy("Where several agencies lead")
EXAMPLES = 3
ANSWER = "answer:"


class FileForm(DeskForm):
    """The list itself; from the desk, also the draft that it belongs to."""

    notice = forms.ModelChoiceField(label=gettext_lazy("draft"), queryset=Notice.objects.none(), required=False)
    file = forms.FileField(label=gettext_lazy("file"), help_text=gettext_lazy("An .xlsx or a .csv"))

    def __init__(self, seat: Seat, notice: Notice | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if notice is not None:
            del self.fields["notice"]
            return
        drafts = Notice.objects.filter(state=NoticeState.DRAFT, committee__in=seat.committees())
        field = self.fields["notice"]
        field.required, field.queryset = True, drafts.defer("text").order_by("-entered_at", "-pk")
        field.label_from_instance = lambda draft: f"{draft} – {draft.subject[:80]}"
        field.empty_label = _("– choose –")

    def clean_file(self) -> Any:
        """Nobody reads what is too large into the memory, only to say so."""
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            raise forms.ValidationError(TOO_LARGE % {"limit": FILE_LIMIT // 1024 // 1024})
        return file


class ColumnsForm(DeskForm):
    """What each column of a table means; guessed from its headings, decided by a person."""

    heading = forms.IntegerField(label=gettext_lazy("row of the headings"), min_value=1, max_value=ROWS_LIMIT)
    seen_heading = forms.IntegerField(widget=forms.HiddenInput, required=False)
    several_leads = forms.ChoiceField(label=LEADS, choices=SEVERAL_LEADS, required=False)
    annex = forms.BooleanField(
        label=gettext_lazy("The list is an annex of the notice"),
        required=False,
        help_text=gettext_lazy("What is not in the text of the notice is put at its end, a paragraph for each row."),
    )

    def __init__(self, table: Table, notice: Notice, typed: Mapping[str, Any] | None = None) -> None:
        self.table = table
        first = heading_row(table.rows) + 1
        wanted = str(typed.get("heading", "")) if typed else ""
        self.moved = typed is not None and wanted != str(typed.get("seen_heading", ""))
        row = int(wanted) if wanted.isdecimal() and 0 < int(wanted[:6]) <= len(table.rows) else first
        initial = {"heading": row, "seen_heading": row, "annex": not notice.text.strip()}
        super().__init__(None if self.moved else typed, initial=initial)
        self.headings: Sequence[Cell] = table.rows[row - 1] if table.rows else []
        choices = [("", _("– not read –")), *((means.value, capfirst(str(label))) for means, label in LABELS.items())]
        width = max(map(len, table.rows[row - 1 :]), default=0)
        guessed = guess([*self.headings, *[None] * (width - len(self.headings))])
        for at in range(width):
            if any(text_of(one[at]) for one in table.rows[row - 1 :] if at < len(one)):
                label = text_of(self.headings[at]) if at < len(self.headings) else ""
                self.fields[f"c{at}"] = forms.ChoiceField(
                    label=label or _("(no heading)"), choices=choices, required=False, initial=guessed[at] or ""
                )

    def columns(self) -> list[tuple[forms.BoundField, str, list[str]]]:
        """Each column: its field, its letter in the sheet, and the first of its cells."""
        found = []
        for name in self._columns():
            at = int(name[1:])
            cells = (text_of(row[at]) for row in self._data() if at < len(row) and not numbers_columns(row))
            filled = [cell for _n, cell in zip(range(200), cells, strict=False) if cell]
            found.append((self[name], letter_of(at), filled[:EXAMPLES]))
        return found

    def unread(self) -> list[str]:
        """The headings of the columns that are not read."""
        return [str(self.fields[name].label) for name in self._columns() if not self._meaning(name)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [given[name] for name in self._columns() if given.get(name)]
        for name in self._columns():
            if given.get(name) and chosen.count(given[name]) > 1:
                self.add_error(name, _("Two columns cannot mean the same."))
        if Means.WORDING not in chosen and Means.QUOTE not in chosen:
            self.add_error(None, _("Say which column holds what is to be done (the wording)."))
        return given

    def rows(self) -> tuple[list[Row], list[int]]:
        """The rows of the list by what their columns mean, and which rows only head sections (from 1)."""
        at_means = {
            Means(self.cleaned_data[name]): int(name[1:]) for name in self._columns() if self.cleaned_data[name]
        }
        first = self.cleaned_data["heading"] + 1
        rows, sections = [], []
        for number, row in enumerate(self._data(), start=first):
            cells = {means: row[at] if at < len(row) else None for means, at in at_means.items()}
            if not any(map(text_of, cells.values())) or (number == first and numbers_columns(row)):
                continue
            if heads_section(cells):
                sections.append(number)
            else:
                rows.append(Row(number, cells))
        return rows, sections

    def wishes(self, typed: Mapping[str, Any]) -> Wishes:
        """How the list is to be read, with the answers that were given."""
        answers = {name[len(ANSWER) :]: typed[name] for name in typed if name.startswith(ANSWER) and typed[name]}
        return Wishes(answers, self.cleaned_data["several_leads"], self.cleaned_data["annex"])

    def _columns(self) -> list[str]:
        return [name for name in self.fields if name[0] == "c" and name[1:].isdecimal()]

    def _data(self) -> Sequence[Sequence[Cell]]:
        row = self.cleaned_data["heading"] if self.is_bound and self.is_valid() else self.initial["heading"]
        return self.table.rows[row:]

    def _meaning(self, name: str) -> str:
        return self[name].value() or ""


def letter_of(column: int) -> str:
    """The letter of a column as sheets have it: 0 is A, 26 is AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class AnswersForm(DeskForm):
    """Who is meant by words that name nobody, or more than one; and what to do where several lead."""

    def __init__(self, found: Mapping[str, Any], notice: Notice, seat: Seat, typed: Mapping[str, Any]) -> None:
        super().__init__(initial=dict(typed))
        anybody = list[tuple[str, Any]]()
        if found["several_leads"]:
            self.fields["several_leads"] = forms.ChoiceField(label=LEADS, choices=SEVERAL_LEADS, required=False)
        for question in found["questions"]:
            if not question["bodies"] and not anybody:
                anybody = [*groups(), *by_kind(agencies_on(notice.issued_on, seat.today), "agency:")]
            named = [(key, name) for key, name in question["bodies"]]
            choices = Ready([("", _("– choose –")), (NOBODY, _("nobody: leave these words out"))], named or anybody)
            words = f"“{question['text']}”"
            field = forms.ChoiceField(label=words, choices=choices, required=False, widget=LongSelect)
            rows = question["rows"]
            field.help_text = ngettext("In %(n)d row", "In %(n)d rows", rows) % {"n": rows}
            self.fields[f"{ANSWER}{question['key']}"] = field


def name_told(body: Any) -> str:
    """A name, with what tells it apart from another of the same name."""
    if not isinstance(body, Agency):
        return body.name
    more = body.parent.name if body.parent else body.get_kind_display()
    return f"{body.name} ({more}, {body.code})"

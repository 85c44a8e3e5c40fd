"""The table of a self-assessment, a line for each criterion: filled in by the agency, verified by the level above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directives.actions.assessing import Said
from directives.models import Assessment, AssessmentState, Criterion, CriterionKind, Mark
from directives.rules.assessing import Tally, is_reached
from tracker.chips import Chip
from tracker.counted import counted, in_sentence
from tracker.figure_field import FigureField
from tracker.printed import exact, percent_of, plain

REPORTED, VERIFIED = "reported", "verified"
YES, NO = gettext_lazy("Reached"), gettext_lazy("Not reached")
STATES = {
    AssessmentState.ASKED: Chip("due_soon", AssessmentState.ASKED.label, "pencil-square"),
    AssessmentState.SUBMITTED: Chip("waiting", AssessmentState.SUBMITTED.label, "hourglass-split"),
    AssessmentState.VERIFIED: Chip("done_on_time", AssessmentState.VERIFIED.label, "check-circle-fill"),
}


@dataclass(frozen=True)
class Row:
    """A criterion with what was said of it; the two fields only where it is to be filled in."""

    mark: Mark
    answer: BoundField | None = None
    words: BoundField | None = None

    @property
    def reported(self) -> str:
        """What the agency says."""
        return answer_words(self.mark.criterion, self.mark.reported)

    @property
    def verified(self) -> str:
        """What was found."""
        return answer_words(self.mark.criterion, self.mark.verified)

    @property
    def kinds(self) -> str:
        """What the totals count it as."""
        found = ["criterion"]
        for side, given in ((REPORTED, self.mark.reported), (VERIFIED, self.mark.verified)):
            said = is_reached(self.mark.criterion.asked, None if given is None else Fraction(given))
            found += [] if said is False else [f"{side}-open" if said is None else f"{side}-reached"]
        return " ".join(found)

    @property
    def hint(self) -> str:
        """What may be answered: 'tối đa 10 điểm', or the unit and the target of the indicator."""
        criterion = self.mark.criterion
        if criterion.kind == CriterionKind.SCORED:
            return _("at most %(full)s points") % {"full": plain(criterion.full)}
        if criterion.indicator is None:
            return ""
        told = {"unit": criterion.indicator.unit, "target": plain(criterion.indicator.target) or "–"}
        return _("in %(unit)s; target %(target)s") % told


@dataclass(frozen=True)
class Group:
    """The criteria that stand under one heading, one after the other."""

    heading: str
    rows: tuple[Row, ...]


class CriteriaTable(forms.Form):
    """A field for the answer and one for words beside it, for each criterion; nothing in it is required.

    `answers` and `words` name the fields, as the action names them in its refusals: 'given-12', 'remark-12'.
    """

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    # The HTTP status of a page that shows this form's errors.
    status = 400

    def __init__(self, *args: Any, assessment: Assessment, answers: str, words: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.assessment, self.answers, self.words = assessment, answers, words
        self.initial["version"] = assessment.version
        for mark in self.marks:
            self._add(mark)

    @property
    def marks(self) -> Sequence[Mark]:
        """The lines in their order."""
        return list(self.assessment.marks.all())

    def _add(self, mark: Mark) -> None:
        to_verify = self.answers == "found"
        known = mark.reported if not to_verify or mark.verified is None else mark.verified
        answer = _answer_field(mark.criterion, known)
        words = forms.CharField(required=False, initial=mark.reason if to_verify else mark.remark)
        beside = _("Reason for the difference") if to_verify else _("Remark, evidence")
        for field, label, look in ((answer, mark.criterion.name, "form-select"), (words, beside, "form-control")):
            field.label = label
            field.widget.attrs["class"] = look if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["aria-label"] = f"{mark.criterion.position}. {label}"
        words.widget.attrs["aria-label"] = f"{mark.criterion.position}. {beside}"
        self.fields[f"{self.answers}-{mark.criterion_id}"] = answer
        self.fields[f"{self.words}-{mark.criterion_id}"] = words

    def said(self) -> dict[int, Said]:
        """By criterion (id) what stands in the table."""
        found = {}
        for mark in self.marks:
            answer = self.cleaned_data.get(f"{self.answers}-{mark.criterion_id}")
            words = self.cleaned_data.get(f"{self.words}-{mark.criterion_id}", "")
            found[mark.criterion_id] = Said(None if answer in ("", None) else Decimal(answer), words)
        return found

    def rows(self) -> Iterator[Row]:
        """Each line with its fields."""
        for mark in self.marks:
            yield Row(mark, self[f"{self.answers}-{mark.criterion_id}"], self[f"{self.words}-{mark.criterion_id}"])

    def wrong(self) -> list[Row]:
        """The lines in which something is to be looked at."""
        return [row for row in self.rows() if row.answer and row.words and (row.answer.errors or row.words.errors)]

    def groups(self) -> list[Group]:
        """The lines under their headings."""
        return grouped(self.rows())

    def shown_anew(self, data: Mapping[str, Any]) -> None:
        """Let the next attempt be about the present version: its person has read that somebody was faster."""
        self.data = {**{name: data[name] for name in data}, "version": str(self.assessment.version)}


def _answer_field(criterion: Criterion, known: Decimal | None) -> forms.Field:
    if criterion.kind == CriterionKind.YES_NO:
        choices = [("", "–"), ("1", YES), ("0", NO)]
        return forms.ChoiceField(choices=choices, required=False, initial="" if known is None else f"{known:.0f}")
    return FigureField(unit=criterion.indicator.unit if criterion.indicator else "", initial=known)


def grouped(rows: Iterator[Row]) -> list[Group]:
    """Lines under their headings, in order."""
    found: list[tuple[str, list[Row]]] = []
    for row in rows:
        heading = row.mark.criterion.heading
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(row)
    return [Group(heading, tuple(lines)) for heading, lines in found]


def read_rows(assessment: Assessment) -> list[Group]:
    """The table as it is read."""
    return grouped(Row(mark) for mark in assessment.marks.all())


def answer_words(criterion: Criterion, number: Decimal | None) -> str:
    """'Đạt', '7,5/10', '71,75 %'; '–' where nothing is said."""
    if number is None:
        return "–"
    if criterion.kind == CriterionKind.YES_NO:
        return str(YES if number == 1 else NO)
    if criterion.kind == CriterionKind.SCORED:
        return f"{plain(number)}/{plain(criterion.full)}"
    return f"{plain(number)} {criterion.indicator.unit if criterion.indicator else ''}".strip()


@dataclass(frozen=True)
class Totals:
    """What an agency gives itself and what was found; each number leads to its lines in the table at `address`."""

    reported: SafeString
    verified: SafeString

    @classmethod
    def of(cls, row: Assessment, address: str = "") -> "Totals":
        """Of one assessment, whose table is on this page where no address is given."""
        return cls(_totals(row.reported, REPORTED, address), _totals(row.found, VERIFIED, address))


def _totals(total: Tally | None, side: str, address: str) -> SafeString:
    """'41 trên 72 (56,94 %)', with the points where there are some, and what is open; '–' for none."""
    if total is None:
        return SafeString("–")

    def lines(many: int, kind: str) -> SafeString:
        return counted(many, f"{address}#criteria", of=kind)

    reached, every = lines(total.reached, f"{side}-reached"), lines(total.total, "criterion")
    words = [in_sentence(_("%(reached)s of %(total)s"), reached=reached, total=every)]
    if total.total:
        words[0] += format_html(' <span class="percent">({})</span>', percent_of(total.share))
    if total.full:
        sums = {"points": exact(total.points, 4), "full": exact(total.full, 4)}
        words.append(format_html('<span class="measured">{}</span>', _("%(points)s of %(full)s points") % sums))
    if total.open:
        left = ngettext("%(n)s not answered", "%(n)s not answered", total.open)
        words.append(in_sentence(left, n=lines(total.open, f"{side}-open")))
    return format_html_join("; ", "{}", ((one,) for one in words))

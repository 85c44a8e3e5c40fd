"""What a directive of a draft states: its sentence, its deadline, whom it is for; and what cannot be said."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup
from directives.actions.fitting import fit, fit_day
from directives.models import Directive, Notice, Paragraph, Role
from directives.models.kinds import Recurrence, quote_hash
from directives.rules.deadlines import Kind
from directives.rules.recurrence import DECEMBER, LAST_DAY, SUNDAY
from directives.rules.refusals import Invalid

FIELDS = frozenset(
    {
        "wording",
        "product",
        "field",
        "decided_by",
        "recurrence",
        "recurrence_day",
        "recurrence_month",
        "recurrence_shift",
        "recurs_until",
        "deadline_text",
        "deadline_kind",
        "due_on",
        "review_on",
        "note",
        "external_ref",
        "handed_down_from",
    }
)
# What goes on where a directive is stated anew; by its reference only one is known.
CARRIED = FIELDS - {"external_ref"}
DATED = (Kind.DATE, Kind.PERIOD)
QUOTE_MISSING = _("Quote the sentence of the notice that gives this directive.")
UNDATED = (Kind.URGENT_UNDATED, Kind.ONGOING, Kind.NONE)


@dataclass(frozen=True)
class To:
    """Whom a directive is for: an agency, or a group; a coordinating agency may have a date of its own."""

    role: str
    agency: Agency | None = None
    group: AgencyGroup | None = None
    due_on: date | None = None


def put_quote(directive: Directive, quote: str, paragraph: Paragraph | None, start: int | None) -> None:
    """Tie the directive to its sentence, at `start` or where it stands in `paragraph`. Raises Invalid('quote')."""
    text, quote = directive.notice.text, unicodedata.normalize("NFC", quote).strip()
    if not quote:
        raise Invalid("quote", QUOTE_MISSING)
    if start is None:
        low, high = (paragraph.start, paragraph.end) if paragraph else (0, len(text))
        start = text.find(quote, low, high)
    if start < 0 or text[start : start + len(quote)] != quote:
        raise Invalid("quote", _("This sentence does not stand in the text like that."))
    directive.paragraph = paragraph
    directive.quote, directive.quote_hash = quote, quote_hash(quote)
    directive.quote_start, directive.quote_end = start, start + len(quote)


def paragraph_at(notice: Notice, position: int) -> Paragraph:
    """The paragraph of a draft at this position. Raises Invalid('paragraph')."""
    row = notice.paragraphs.filter(position=position).first()
    if row is None:
        raise Invalid("paragraph", _("The draft has no paragraph at this position."))
    return row


def paragraph_of(notice: Notice, quote: str, start: int | None, position: int | None) -> Paragraph | None:
    """To which paragraph a sentence belongs: the one at `position`, else the one in which it begins (at `start`)."""
    if position is not None:
        return paragraph_at(notice, position)
    begins = notice.text.find(unicodedata.normalize("NFC", quote).strip()) if start is None else start
    return notice.paragraphs.filter(start__lte=begins, end__gt=begins).first() if begins >= 0 else None


def fill(directive: Directive, fields: dict[str, Any], *, since: date | None = None) -> None:
    """Set fields of the directive and look at each, and at what they say together; `since` as in `check_deadline`.

    Raises Invalid.
    """
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"a directive has no field {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        setattr(directive, field, unicodedata.normalize("NFC", value) if isinstance(value, str) else value)
    directive.wording = directive.wording.strip() or directive.quote
    fit(directive, *fields)
    check_deadline(directive, since=since)
    check_recurrence(directive)


def check_new(directive: Directive) -> None:
    """One sentence may give several directives, but not twice the same in the same words."""
    same = directive.notice.directives.filter(
        paragraph=directive.paragraph, quote_start=directive.quote_start, wording=directive.wording
    )
    if twin := same.filter(quote_end=directive.quote_end).exclude(pk=directive.pk).first():
        raise Invalid(
            "quote",
            _("This directive is in the draft already, in the same words: it is directive %(position)s."),
            position=twin.position,
        )


def check_reference(directive: Directive) -> None:
    """Pass when no other directive of the notice is known to another system by the same reference; else Invalid."""
    others = directive.notice.directives.exclude(pk=directive.pk)
    if directive.external_ref and others.filter(external_ref=directive.external_ref).exists():
        raise Invalid("external_ref", _("This reference is in the register already."))


def check_deadline(directive: Directive, *, since: date | None = None) -> None:
    """Pass when kind and date of the deadline fit each other and the issue date; else raise Invalid.

    `since`: the local date on which the work was given, where it is only stated anew.
    """
    issued_on = since or directive.notice.issued_on
    if directive.deadline_kind in DATED and directive.due_on is None:
        raise Invalid("due_on", _("This kind of deadline needs a date."))
    if directive.deadline_kind in UNDATED and directive.due_on is not None:
        raise Invalid("due_on", _("This kind of deadline has no date. Choose another kind or clear the date."))
    if directive.due_on and issued_on and directive.due_on < issued_on:
        raise Invalid("due_on", _("The deadline lies before the issue date."))


def check_recurrence(directive: Directive) -> None:
    """Pass when rhythm and deadline fit each other; what a rhythm does not use is emptied. Raises Invalid."""
    if not directive.recurrence:
        directive.recurrence_day = directive.recurrence_month = directive.recurs_until = None
        return
    if directive.deadline_kind != Kind.RECURRING:
        raise Invalid("deadline_kind", _("Work that recurs has a recurring deadline. Choose this kind, or “Once”."))
    if directive.due_on is not None:
        raise Invalid("due_on", _("Work that recurs has a date in each period. Clear this one, or choose “Once”."))
    if directive.recurrence != Recurrence.YEARLY:
        directive.recurrence_month = None
    _check_rhythm(directive)
    issued_on, until = directive.notice.issued_on, directive.recurs_until
    if until is not None and issued_on is not None and until < issued_on:
        raise Invalid("recurs_until", _("The last day on which it recurs lies before the issue date."))


def _check_rhythm(directive: Directive) -> None:
    day, month = directive.recurrence_day or 1, directive.recurrence_month or 1
    if directive.recurrence == Recurrence.WEEKLY and day > SUNDAY:
        raise Invalid("recurrence_day", _("Give a day of the week from 1 (Monday) to 7 (Sunday)."))
    if directive.recurrence_day == 0 or day > LAST_DAY:
        raise Invalid("recurrence_day", _("Give a day of the month from 1 to 31."))
    if directive.recurrence_month == 0 or month > DECEMBER:
        raise Invalid("recurrence_month", _("Give a month from 1 to 12."))


def check_addressees(notice: Notice, addressees: Sequence[To], *, day: date) -> None:
    """Pass when all can be named: one lead, nobody twice, there on the issue date or on `day`; else raise Invalid."""
    if sum(to.role == Role.LEAD for to in addressees) > 1:
        raise Invalid("lead", _("A directive has one lead. Make a directive for each, or let the others coordinate."))
    bodies = [(to.agency, to.group) for to in addressees]
    if len(set(bodies)) != len(bodies):
        raise Invalid("addressees", _("The same agency is named twice."))
    for to in addressees:
        if (to.agency is None) == (to.group is None) or (to.role == Role.LEAD and to.agency is None):
            raise Invalid("addressees", _("Name an agency, or a group that does its share."))
        fit_day("due_on", to.due_on)
        if notice.issued_on and to.due_on and to.due_on < notice.issued_on:
            raise Invalid("due_on", _("The deadline lies before the issue date."))
        # Today's name is as good where a notice is entered late: an agency that was parted has no single heir.
        if notice.issued_on and to.agency and not (to.agency.exists_on(notice.issued_on) or to.agency.exists_on(day)):
            raise Invalid(
                "addressees",
                _("%(agency)s does not exist on the issue date."),
                agency=to.agency.name,
            )


def check_own_dates(directive: Directive, addressees: Sequence[To]) -> None:
    """Pass when recurring work names no dates of its own for those who coordinate; else raise Invalid."""
    if directive.recurrence and any(to.due_on for to in addressees):
        raise Invalid("coordinating_due_on", _("Work that recurs is due for everybody on the day of its period."))


ADDRESS = """
INSERT INTO directives_addressee (directive_id, role, agency_id, group_id, due_on)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::date[])
"""


def address(whom: Iterable[tuple[Directive, Sequence[To]]]) -> None:
    """Write whom each directive is for, in one statement: a list of directives names a hundred thousand."""
    rows = [
        (directive.pk, str(to.role), to.agency and to.agency.pk, to.group and to.group.pk, to.due_on)
        for directive, addressees in whom
        for to in addressees
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ADDRESS, [_array(column) for column in zip(*rows, strict=True)])


def _array(column: Iterable[object]) -> str:
    """Numbers, days or roles as the database reads an array of them; a list would be written value by value."""
    return f"{{{','.join('NULL' if value is None else str(value) for value in column)}}}"


def named(directive: Directive) -> list[To]:
    """Whom a directive is for, as it was named."""
    rows = directive.addressees.select_related("agency", "group")
    return [To(row.role, row.agency, row.group, row.due_on) for row in rows]


def facts_of(directive: Directive, addressees: Sequence[To]) -> dict[str, Any]:
    """What history keeps of a directive of a draft before and after a verb."""
    return {
        "directive": str(directive.uuid),
        "position": directive.position,
        "quote_hash": directive.quote_hash,
        "wording": directive.wording,
        "deadline_kind": str(directive.deadline_kind),
        "due_on": directive.due_on.isoformat() if directive.due_on else None,
        **_recurrence(directive),
        "addressees": [[str(to.role), (to.agency or to.group).code] for to in addressees if to.agency or to.group],
    }


def _recurrence(directive: Directive) -> dict[str, Any]:
    if not directive.recurrence:
        return {}
    return {
        "recurrence": str(directive.recurrence),
        "recurrence_day": directive.recurrence_day,
        "recurrence_month": directive.recurrence_month,
        "recurrence_shift": str(directive.recurrence_shift),
        "recurs_until": directive.recurs_until.isoformat() if directive.recurs_until else None,
    }

"""The report of a committee or an agency on a period: how the work stood at its end, who has done what, what is next.

Every number in it, also in its sentences, is asked from `directives/figures` as of a day. Long tables go into annexes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Agency, Committee
from directives.rules.stretches import Stretch
from tracker.papers import bodies
from tracker.papers.form import Annex, Chart, Heading, Paper, Part, Text
from tracker.papers.period_lists import ahead, overdue_work, targets_of
from tracker.papers.period_sections import all_together, by_agency, by_committee, by_field, by_notice, month_by_month
from tracker.papers.period_words import NUMERALS
from tracker.papers.reported import Reported, Section
from tracker.papers.words import until

SECTIONS: tuple[Callable[[Reported], Section | None], ...] = (
    all_together,
    by_committee,
    by_agency,
    by_field,
    by_notice,
    overdue_work,
    targets_of,
    month_by_month,
    ahead,
)


def paper_of_period(
    body: Committee | Agency, stretch: Stretch, *, on: date, today: date, handed_down: bool = False
) -> Paper:
    """The report on `stretch` as of its end, or as of the local date `on` while it is not over; made on `today`.

    Of a committee: on what it gave; of an agency: on what it was given, or on what it `handed_down`.
    """
    reported = Reported(body, stretch, stretch.end(on), handed_down)
    issuer = reported.issuer
    parts, annexes = _told(reported)
    of_committee = body if isinstance(body, Committee) else None
    return Paper(
        issuer=issuer,
        kind=_("Report"),
        about=f"{_('How %(work)s was done') % reported.told}\n{reported.told['period']}\n{until(reported.on)}",
        day=today,
        file=_("report on %(period)s") % reported.told,
        symbol=bodies.symbol("BC", issuer.symbol),
        parts=parts,
        recipients=bodies.readers_of(of_committee) if of_committee else [bodies.kept()],
        signature=bodies.signed_by(of_committee),
        annexes=annexes,
    )


def _told(reported: Reported) -> tuple[list[Part], list[Annex]]:
    """The sections below their heads, and the annexes to which they refer; what has nothing to tell is left out."""
    opening = _("%(body)s has followed up %(work)s and reports on %(period)s, as it stood at the end of %(day)s:")
    closing = _("This is the report of %(body)s on %(work)s, %(period)s./.")
    parts: list[Part] = [Text(opening % reported.told)]
    annexes: list[Annex] = []
    sections = [section for ask in SECTIONS if (section := ask(reported))]
    for numeral, section in zip(NUMERALS, sections, strict=False):
        parts += [Heading(f"{numeral}. {section.head.upper()}"), *section.parts]
        if section.annex:
            label = _("Annex %(numeral)s") % {"numeral": NUMERALS[len(annexes)]}
            parts.append(Text(_("The list is in %(annex)s.") % {"annex": label}))
            note = _("(With the report of %(body)s; until the end of %(day)s)") % reported.told
            annexes.append(Annex(section.annex.title, [section.annex], label, note, landscape=True))
    return [*_numbered(parts), Text(closing % reported.told)], annexes


def _numbered(parts: list[Part]) -> Iterator[Part]:
    """The charts with their numbers."""
    number = 0
    for part in parts:
        if isinstance(part, Chart):
            number += 1
            told = {"number": number, "title": part.title}
            yield replace(part, title=_("Chart %(number)s: %(title)s") % told)
        else:
            yield part

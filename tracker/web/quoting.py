"""The notice's own words with what was drawn from them marked: from character offsets to stretches of text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from directives.models import Directive, Paragraph


@dataclass(frozen=True)
class Stretch:
    """Words that run on; whether a directive quotes them, and the directives whose quotation ends here."""

    words: str
    quoted: bool = False
    ending: tuple[Directive, ...] = ()


def stretches(text: str, paragraph: Paragraph, directives: Iterable[Directive]) -> list[Stretch]:
    """The paragraph of `text` cut where a quotation begins or ends; quotations may overlap."""
    here = [one for one in directives if one.quote_start < paragraph.end and one.quote_end > paragraph.start]
    cuts = {paragraph.start, paragraph.end}
    cuts |= {cut for one in here for cut in (one.quote_start, one.quote_end) if paragraph.start < cut < paragraph.end}
    places = sorted(cuts)
    return [
        Stretch(
            text[start:end],
            quoted=any(one.quote_start <= start and end <= one.quote_end for one in here),
            # What was handed down has no number of its own in the notice.
            ending=tuple(one for one in here if one.quote_end == end and one.given_by_id is None),
        )
        for start, end in pairwise(places)
    ]


def quotation(directive: Directive) -> list[Stretch]:
    """The paragraph of `directive` with its sentence marked; only the sentence where no paragraph is known."""
    paragraph, text = directive.paragraph, directive.notice.text
    if directive.edition != directive.notice.edition:
        return [Stretch(directive.quote, quoted=True, ending=(directive,))]
    if paragraph is None or not (paragraph.start <= directive.quote_start < directive.quote_end <= paragraph.end):
        return [Stretch(directive.quote, quoted=True, ending=(directive,))]
    return stretches(text, paragraph, [directive])

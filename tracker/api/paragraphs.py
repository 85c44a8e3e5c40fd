"""Paragraphs for other systems: the stretches of a notice's text, and what each of them is."""

from collections import defaultdict
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from directives.models import HandledAs, Paragraph
from directives.models.searching import plain_words
from directives.rules.searching import question, words_typed
from tracker.api.filters import Filters, SearchFilter, committee, exactly, notice, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import NOTICE_IN_SHORT, columns, notice_in_short
from tracker.api.resource import Line, Resource

AS_STORED = ("position", "label", "handled_as", "start", "end")


class ParagraphWords(SearchFilter):
    """Words of the paragraph, looked for in those notices whose text holds them all: that is what an index knows.

    Behind the first 100,000 letters of a notice nothing is found (`plain_words`).
    """

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        words = words_typed(value)
        if not words:
            return qs.none()
        asked = question(words)
        notices = qs.alias(whole=plain_words("notice__text")).filter(whole__holds=asked)
        return notices.alias(said=plain_words("words")).filter(said__holds=asked)


class ParagraphFilters(Filters):
    notice = notice("notice")
    committee = committee("notice__committee")
    handled_as = one_of("handled_as", [kind for kind in HandledAs.values if kind])
    label = exactly("label")
    q = ParagraphWords()


class Paragraphs(Resource):
    FILTERS = ParagraphFilters
    ORDERS = orders(Order("notice_id", tie="position", word="notice"))
    OWN = ("uuid", "words", *AS_STORED)
    COLUMNS = ("id", "notice_id", *OWN, *columns("notice", *NOTICE_IN_SHORT))
    FIELDS = ("id", *AS_STORED, "text", "notice", "directives")

    def rows(self) -> QuerySet:
        return with_words(self.caller.paragraphs())

    def lines(self, rows: list[Row]) -> list[Line]:
        directives = self._directives_seen([row["id"] for row in rows])
        return [
            {
                **paragraph_said(row),
                "notice": notice_in_short(row, "notice"),
                "directives": directives[row["id"]],
            }
            for row in rows
        ]

    def _directives_seen(self, ids: list[int]) -> dict[int, list[Any]]:
        """The ids of the directives that the caller can open, by paragraph."""
        seen: dict[int, list[Any]] = defaultdict(list)
        given = self.caller.directives().filter(paragraph_id__in=ids).order_by("position")
        for paragraph, uuid in given.values_list("paragraph_id", "uuid"):
            seen[paragraph].append(uuid)
        return seen


def paragraphs_of(notice: int) -> list[Line]:
    """The paragraphs of one notice, in order."""
    rows = with_words(Paragraph.objects.filter(notice=notice)).order_by("position")
    return [paragraph_said(row) for row in rows.values(*Paragraphs.OWN)]


def with_words(rows: QuerySet[Paragraph]) -> QuerySet:
    """With their own words, which the database cuts from the notice by their offsets in characters."""
    return rows.annotate(words=Substr("notice__text", F("start") + 1, F("end") - F("start")))


def paragraph_said(row: Row) -> Line:
    """What is said of a paragraph, wherever it is told."""
    return {"id": row["uuid"], **{name: row[name] for name in AS_STORED}, "text": row["words"]}

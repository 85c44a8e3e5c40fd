"""Searching as people type: without marks, the words in any order, a notice by its number, an agency by its name."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Lookup, Q, TextField, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

from accounts.models import Agency
from directives.rules.searching import beside_name, phrases, question, words_typed

MOST_MEANINGS = 4  # of the words beside a name; nobody names more agencies at once


@SearchVectorField.register_lookup
class Holds(Lookup):
    """Whether plain words answer a question put by `rules.searching.question`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        words, given = self.process_lhs(compiler, connection)
        asked, question_itself = self.process_rhs(compiler, connection)
        return f"{words} @@ {asked}::tsquery", [*given, *question_itself]


def plain_words(*columns: str) -> Func:
    """The plain words of several columns together; PostgreSQL finds them by an index over the same expression."""
    between = [part for column in columns for part in (column, Value(" ", TextField()))]
    return Func(Concat(*between, output_field=TextField()), function="plain_words", output_field=SearchVectorField())


class WithWords(models.QuerySet):
    """Rows with words of their own in `said`, over which there is an index."""

    said: Func

    def with_words(self, text: str, otherwise: Q) -> Self:
        """Those that hold every word of `text`, the last perhaps only begun; and those of which `otherwise` holds."""
        words = words_typed(text)
        return self.alias(said=self.said).filter(Q(said__holds=question(words)) | otherwise if words else otherwise)


class DirectiveWords(models.Model):
    """What a directive is found by: its own words and its notice's number, symbol and subject.

    Triggers keep it, so that no way of writing a directive can forget it.
    """

    directive = models.OneToOneField("Directive", models.CASCADE, primary_key=True, related_name="in_plain")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="directives_by_words")]

    def __str__(self) -> str:
        return str(self.directive_id)


class FoundByWords(models.QuerySet):
    """Directives, found by their words."""

    def searched(self, text: str) -> Self:
        """Those that hold every word of `text`, the last perhaps only begun; all where it is empty."""
        if words := words_typed(text):
            return self.filter(in_plain__words__holds=question(words))
        return self.none() if text.strip() else self.all()


class FoundByTheirDirective(models.QuerySet):
    """Assignments, found by the words of their directive and by the name of their agency."""

    def searched(self, text: str, among: Collection[int] | None = None) -> Self:
        """Those whose directive or agency holds every word of `text`; all where it is empty.

        `among`: the agencies (ids) whose work it can be at all, where they are known. One query more, for names.
        """
        if found := ways(text, among):
            return self.filter(reduce(or_, found))
        return self.none() if text.strip() else self.all()


def ways(text: str, among: Collection[int] | None = None) -> list[Q]:
    """In which ways `text` can be meant of assignments; an index answers each for itself.

    As words of the directive; as the name of an agency, or a part of it; as whole names with words of the directive.
    """
    words = words_typed(text)
    if not words:
        return []
    meant: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for agency_id, names in _named(words, among):
        rest = beside_name(words, names)
        if rest is not None:
            meant[rest].append(agency_id)
    few = sorted(meant, key=len)[:MOST_MEANINGS]
    return [
        Q(directive__in_plain__words__holds=question(words)),
        *(
            Q(agency__in=meant[rest], directive__in_plain__words__holds=question(rest))
            if rest
            else Q(agency__in=meant[rest])
            for rest in few
        ),
    ]


def any_of(rows: models.QuerySet, found: Iterable[Q], most: int) -> models.QuerySet:
    """The first `most` of `rows`, which are in order, that are found in any of these ways; none of them twice.

    Each way is asked for its own first rows, so that an index answers it; one question for all would read every row.
    """
    first, *others = [rows.filter(way).values("pk")[:most] for way in found]
    return rows.model.objects.filter(pk__in=first.union(*others) if others else first)


def _named(words: tuple[str, ...], among: Collection[int] | None) -> Iterable[tuple[int, list[str]]]:
    agencies = Agency.objects.all() if among is None else Agency.objects.filter(pk__in=among)
    named = agencies.named_in(phrases(words)) | agencies.named_by(words)
    return named.order_by("pk").values_list("pk", "plain_names")

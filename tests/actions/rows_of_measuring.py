"""Rows that the database refuses: of verified figures, and of sets of criteria."""

from collections.abc import Callable

from directives.models import Criterion, Mark
from tests.actions.rows import again, changed
from tests.make import ISSUED_ON, at, make_assessment, make_indicator, make_reading, make_set, make_user


def verified(**fields: object) -> None:
    changed(make_reading(), **{"verified_by": make_user(), "verified_at": at(ISSUED_ON), **fields})


def verified_by_who_read() -> None:
    reading = make_reading()
    changed(reading, verified_by=reading.by)


def criterion(**fields: object) -> Criterion:
    fields = {"position": 9, "kind": "yes_no", "name_vi": "Tiêu chí", **fields}
    return Criterion.objects.create(criteria_set=make_set(), **fields)


def verified_by_who_assessed() -> None:
    row = make_assessment(state="submitted")
    changed(row, state="verified", verified_by=row.submitted_by)


def mark(**fields: object) -> None:
    changed(Mark.objects.get(assessment=make_assessment()), **fields)


REFUSED_MEASURING: dict[str, tuple[Callable[[], object], ...]] = {
    "verified_figure_has_a_verifier": (
        lambda: make_reading(verified_value=5),
        lambda: make_reading(verified_numerator=5, verified_denominator=7),
        lambda: make_reading(verified_at=at(ISSUED_ON)),
    ),
    "nobody_verifies_the_own_reading": (verified_by_who_read,),
    "one_set_of_criteria_per_code": (lambda: again(make_set()),),
    "one_criterion_at_a_position": (lambda: again(make_set().criteria.get()),),
    "criterion_is_of_its_kind": (
        lambda: criterion(kind="scored"),
        lambda: criterion(kind="scored", full=0),
        lambda: criterion(full=10),
        lambda: criterion(enough=5),
        lambda: criterion(kind="indicator"),
        lambda: criterion(indicator=make_indicator()),
        lambda: criterion(kind="maybe"),
    ),
    "assessed_once_for_a_day": (lambda: again(make_assessment()),),
    "who_assessed_never_verifies": (verified_by_who_assessed,),
    "assessment_has_who_sent_and_who_verified": (
        lambda: make_assessment(state="submitted", submitted_by=None),
        lambda: make_assessment(state="verified"),
        lambda: make_assessment(verified_by=make_user()),
        lambda: make_assessment(state="lost"),
    ),
    "one_mark_for_a_criterion": (lambda: again(make_assessment().marks.get()),),
    "another_mark_has_a_reason": (lambda: mark(reported=1, verified=0),),
}

ACCEPTED_MEASURING: dict[str, Callable[[], object]] = {
    "a figure verified as it was reported": lambda: verified(verified_value=50),
    "a figure verified as another": lambda: verified(verified_value=49, reason="Trùng một hồ sơ."),
    "a criterion of an indicator": lambda: criterion(kind="indicator", indicator=make_indicator()),
    "a criterion of 10 points of which 8 are enough": lambda: criterion(kind="scored", full=10, enough=8),
    "a table that was sent and came back": lambda: changed(make_assessment(state="submitted"), state="asked"),
    "the same set for another day": lambda: again(make_assessment(), as_of=at(ISSUED_ON).date().replace(day=31)),
    "another mark, with its reason": lambda: mark(reported=1, verified=0, reason="Chưa có quyết định."),
}

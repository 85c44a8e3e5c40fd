"""The figures of one committee at any length of its register: on two days, by agency, notice, field and month."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.models import Role
from bench import register
from bench.measuring import median, seconds
from bench.pages import show_page
from directives.actions.tallying import sum_up
from directives.figures import By, Scope, by_month, cells_as_of, overdue, totals, totals_by
from directives.models import Assignment, Span
from tests.make import make_user
from tracker import clock

RUNS = 5
HALF_A_YEAR = timedelta(days=180)
# What is done was being done for a while before; all else has been as it is since it was given.
SPANS = """
INSERT INTO directives_span
    (assignment_id, from_on, to_on, state, role, agency_id, original_due_on, due_on, handed_in_on, done_on)
SELECT id, assigned_on, CASE WHEN done_on > assigned_on THEN done_on END,
       CASE WHEN done_on > assigned_on THEN 'in_progress' ELSE state END,
       role, agency_id, original_due_on, due_on,
       CASE WHEN done_on > assigned_on THEN NULL ELSE handed_in_on END,
       CASE WHEN done_on > assigned_on THEN NULL ELSE done_on END
FROM directives_assignment part WHERE NOT EXISTS (SELECT FROM directives_span WHERE assignment_id = part.id)
UNION ALL
SELECT id, done_on, NULL, state, role, agency_id, original_due_on, due_on, handed_in_on, done_on
FROM directives_assignment part
WHERE done_on > assigned_on AND NOT EXISTS (SELECT FROM directives_span WHERE assignment_id = part.id)
"""


def main(sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> None:
    """Print the medians of each question for a committee that gave so many assignments, in milliseconds."""
    call_command("migrate", verbosity=0)
    world = register.people()
    world |= {"committees": world["committees"][:1]}
    chair = make_user(Role.CHAIR, world["committees"][0])
    settings.ALLOWED_HOSTS = ["*"]
    filled = 0
    for size in sizes:
        notices = max(1, size // register.OF_EACH_DIRECTIVE // register.OF_EACH_NOTICE)
        register.fill(filled + 1, notices, world)
        filled = notices
        took = seconds(remember)
        print(f"{Assignment.objects.count():,} assignments; their {Span.objects.count():,} spans took {took:.0f} s")
        print(f"  summing up {seconds(sum_all_up):.1f} s", flush=True)
        _measure(Scope(committees=frozenset([world["committees"][0].pk])))
        show_page("the leaders' page", [chair], "/figures/")
        show_page("the same half a year ago", [chair], f"/figures/?as_of={clock.today() - HALF_A_YEAR}")


def remember() -> None:
    """The spans of all assignments that have none."""
    with connection.cursor() as cursor:
        cursor.execute(SPANS)


def sum_all_up() -> None:
    """The summary by day of all spans, as the duty makes it."""
    while sum_up():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directives_span, directives_tally, directives_tallyentry")


def _measure(scope: Scope) -> None:
    today, then = clock.today(), clock.today() - HALF_A_YEAR
    for day in (today, then):
        told = totals(scope, day)
        if told != cells_as_of(scope.spans(), day):
            raise SystemExit(f"The summary of {day:%d/%m/%Y} is wrong: {told}.")
        print(f"  {day:%d/%m/%Y}: {told.total:,} counted, {told.open_overdue:,} overdue", flush=True)
    questions: dict[str, Callable[[], Any]] = {
        "totals today": partial(totals, scope, today),
        "totals half a year ago": partial(totals, scope, then),
        "totals, counted from the spans": lambda: cells_as_of(scope.spans(), today),
        "by agency today": partial(totals_by, scope, By.AGENCY, today),
        "by agency half a year ago": partial(totals_by, scope, By.AGENCY, then),
        "by notice today": partial(totals_by, scope, By.NOTICE, today),
        "by notice half a year ago": partial(totals_by, scope, By.NOTICE, then),
        "by field today": partial(totals_by, scope, By.FIELD, today),
        "by month, a year": partial(by_month, scope, today),
        "overdue by notice, field and days": partial(overdue, scope, today),
        "the same half a year ago": partial(overdue, scope, then),
    }
    for name, ask in questions.items():
        took = [1000 * seconds(ask) for _run in range(RUNS)]
        print(f"  {name:<34} {median(took):7.0f} ms, worst {max(took):7.0f} ms", flush=True)

"""A day given off while much work is open: what the desk waits for, and what the ticks do afterwards.

Against the one statement that would let the round look at all open work again, which is the least that a desk would
wait for if it did not leave that to the ticks.
"""

from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction

from bench import round as rounds
from bench.measuring import in_a_process, median, seconds
from directives.actions.effects import Outlook
from directives.actions.rearming import note_change, rearm_all
from directives.models import CalendarDay
from tests.make import at

RUNS = 3
# Deadlines of half a year; when each is looked at, the ticks say.
SPREAD = """
UPDATE directives_assignment
SET original_due_on = %(first)s::date + (id %% 180)::int, due_on = %(first)s::date + (id %% 180)::int,
    assigned_on = %(given)s, armed_on = %(given)s, look_on = NULL
"""
BARE = "UPDATE directives_assignment SET look_on = %s"


def main(many: int = 100_000) -> None:
    """Print what each costs with `many` open assignments."""
    call_command("migrate", verbosity=0)
    rounds._offices()
    rounds._fill(0, many)
    bare, desk, ticks, memory = [], [], [], 0.0
    for run in range(RUNS):
        _spread()
        bare.append(in_a_process(_bare)[0])
        _spread()
        desk.append(seconds(lambda day=date(2026, 4, 7) + timedelta(run): _give_off(day)))
        took, held = in_a_process(_work_off)
        ticks.append(took)
        memory = max(memory, held)
    print(
        f"{many:>9,} open: bare {median(bare):6.2f} s, desk {median(desk):6.2f} s, ratio "
        f"{median(desk) / median(bare):5.2f}; ticks {median(ticks):6.2f} s, ratio {median(ticks) / median(bare):5.2f}, "
        f"{memory:4.0f} MB",
        flush=True,
    )


@transaction.atomic
def _give_off(day: date) -> None:
    """What saving a day costs: how things stand, the day, what it changes, the note."""
    outlook = Outlook(today=rounds.TODAY)
    CalendarDay.objects.create(day=day, kind="holiday", name="Nghỉ bù")
    outlook.effect()
    note_change(at=at(rounds.TODAY))


def _work_off() -> None:
    rearm_all(now=at(rounds.TODAY), today=rounds.TODAY)


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [rounds.TODAY])


def _spread() -> None:
    with connection.cursor() as cursor:
        first = rounds.TODAY + timedelta(days=20)
        cursor.execute(SPREAD, {"first": first, "given": rounds.TODAY - timedelta(days=30)})
        note_change(at=at(rounds.TODAY))
        _work_off()
        cursor.execute("VACUUM (FULL, ANALYZE) directives_assignment")

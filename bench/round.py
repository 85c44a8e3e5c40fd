"""The daily round against the bare `INSERT ... SELECT ... ON CONFLICT DO NOTHING`, and against a loop over rows."""

import sys
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection

from accounts.models import Office, Role
from bench.measuring import in_a_process, median, seconds
from directives.actions.reminding import remind_all
from directives.models import Assignment, Directive, Reminder
from tests.make import at, make_agency, make_directive, make_ladder, make_notice, make_user

TODAY = date(2026, 3, 2)  # a Monday
DUE = date(2026, 3, 5)  # three working days later: the rung that is due
AGENCIES = 134
DIRECTIVES = 1000
RUNS = 3
LOOP = 300  # assignments of the loop over rows; more would only take longer

# Everybody's work stands three working days before its date and was armed today, so that one rung speaks of each.
FILLED = """
INSERT INTO directives_assignment (
    uuid, directive_id, agency_id, role, period, state, original_due_on, due_on, due_version, version, assigned_on,
    armed_on, look_on, resume_to
)
SELECT gen_random_uuid(), (%(directives)s::bigint[])[1 + number %% cardinality(%(directives)s::bigint[])],
       (%(agencies)s::bigint[])[1 + number %% cardinality(%(agencies)s::bigint[])], 'share', 'p' || number, 'assigned',
       %(due)s, %(due)s, 1, 1, %(today)s, %(today)s, %(today)s::date + 1 + number %% 60, ''
FROM generate_series(%(first)s, %(last)s) AS number
"""

BARE = """
INSERT INTO directives_reminder (
    uuid, assignment_id, due_version, rung, rung_on, audience, kind, recipient_id, substitutes, channel, planned_on,
    state, why_not
)
SELECT gen_random_uuid(), row.id, row.due_version, -3, %(today)s, 'officer', 'courtesy', office.user_id, false,
       channel, %(today)s, 'planned', ''
FROM directives_assignment row
JOIN accounts_office office ON office.agency_id = row.agency_id AND office.role = 'officer'
CROSS JOIN unnest(ARRAY['email', 'in_app']) AS channel
WHERE row.look_on <= %(today)s
ON CONFLICT DO NOTHING
"""


def main(most: int = 1_000_000) -> None:
    """Print how the round compares, with 10,000, 100,000 and 1,000,000 open assignments."""
    call_command("migrate", verbosity=0)
    _offices()
    filled = 0
    for many in (most // 100, most // 10, most):
        _fill(filled, many)
        filled = many
        _compare(many, most // 1000)
    for share in (100, 10):
        _compare(most, most // share)
    _loop()


def _compare(many: int, due: int) -> None:
    """The same rows due, by the bare statement and by the round, by turns."""
    bare, ours, memory = [], [], 0.0
    for _run in range(RUNS):
        _make_due(due)
        bare.append(in_a_process(_bare)[0])
        written = Reminder.objects.count()
        _make_due(due)
        took, held = in_a_process(_round)
        ours.append(took)
        memory = max(memory, held)
        if Reminder.objects.count() != written:
            sys.exit("The round and the bare statement did not write the same number of rows.")
    print(
        f"{many:>9,} open, {due:>7,} due: bare {median(bare):6.2f} s, round {median(ours):6.2f} s, "
        f"ratio {median(ours) / median(bare):5.2f}, {median(ours) / due * 1e6:6.0f} µs for each, {memory:4.0f} MB",
        flush=True,
    )


def _loop() -> None:
    """The same by a loop over rows, so many times slower for each."""
    _make_due(LOOP)
    took = seconds(_row_by_row)
    print(f"a loop over rows: {took / LOOP * 1e6:.0f} µs for each assignment", flush=True)


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"today": TODAY})


def _round() -> None:
    remind_all(now=at(TODAY, 0, 5), today=TODAY)


def _row_by_row() -> None:
    """What a first draft would do: one assignment after the other, one row after the other."""
    for row in Assignment.objects.filter(look_on__lte=TODAY):
        for office in Office.objects.filter(agency=row.agency_id, role=Role.OFFICER):
            for channel in ("email", "in_app"):
                Reminder.objects.get_or_create(
                    assignment=row,
                    due_version=row.due_version,
                    rung=-3,
                    recipient=office.user,
                    channel=channel,
                    defaults={"rung_on": TODAY, "audience": "officer", "kind": "courtesy", "planned_on": TODAY},
                )
        row.look_on = TODAY + timedelta(days=1)
        row.save(update_fields=["look_on"])


def _offices() -> None:
    make_ladder()
    for _number in range(AGENCIES):
        make_user(Role.OFFICER, make_agency())
    notice = make_notice()
    first = make_directive(notice, due_on=DUE)
    rows = [{**_facts(first), "position": 2 + number} for number in range(DIRECTIVES - 1)]
    Directive.objects.bulk_create(Directive(**row) for row in rows)


def _facts(directive: Directive) -> dict[str, object]:
    skipped = {"id", "uuid", "position"}
    return {f.attname: getattr(directive, f.attname) for f in Directive._meta.concrete_fields if f.name not in skipped}


def _fill(first: int, last: int) -> None:
    words = {
        "directives": list(Directive.objects.values_list("pk", flat=True)),
        "agencies": list(Office.objects.filter(role=Role.OFFICER).values_list("agency", flat=True)),
        "first": first,
        "last": last - 1,
        "due": DUE,
        "today": TODAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILLED, words)
    _settle()


def _make_due(many: int) -> None:
    """Empty ledger and outbox; `many` assignments, spread over all of them, are due today and the rest is not."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directives_reminder, directives_delivery CASCADE")
        cursor.execute(
            "UPDATE directives_assignment SET look_on = %s WHERE look_on <= %s", [TODAY + timedelta(days=9), TODAY]
        )
        cursor.execute(
            """UPDATE directives_assignment SET look_on = %s WHERE id IN (
                   SELECT id FROM directives_assignment ORDER BY uuid LIMIT %s)""",
            [TODAY, many],
        )
    _settle()


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directives_assignment")

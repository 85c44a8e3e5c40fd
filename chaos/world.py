"""What there is to send: officers, their work, and messages that remind of it and fall due while it storms."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection

from accounts.models import MessengerAddress, Role, User
from chaos.storm import Storm
from directives.models import Notice
from tests.make import make_agency, make_committee, make_directive, make_ladder, make_notice, make_user
from tracker import clock

MESSAGES_OF_ONE = 4  # about one assignment, to one officer and by one channel
ASSIGNED, DUE, SOON = timedelta(days=-60), timedelta(days=300), timedelta(days=10)

WORK = """
INSERT INTO directives_assignment (
    uuid, directive_id, agency_id, role, period, state, original_due_on, due_on, due_version, version, assigned_on,
    armed_on, resume_to
)
SELECT gen_random_uuid(), directive_id, agency_id, 'share', '', 'in_progress', %(due)s, %(due)s, 1, 1, %(assigned)s,
       %(assigned)s, ''
FROM unnest(%(agencies)s::bigint[]) WITH ORDINALITY AS agency(agency_id, place),
     unnest(%(directives)s::bigint[]) WITH ORDINALITY AS directive(directive_id, turn)
ORDER BY place, turn
RETURNING id
"""

# Of each message to a person one by mail, one in the application, and of every tenth one by messenger. A third are
# digests; none of the work is overdue, so that also a digest has nothing to say once its reminders are stopped.
MESSAGES = """
INSERT INTO directives_delivery (
    uuid, key, kind, channel, recipient_id, because, state, created_at, due_at, attempts, token, last_error,
    held_reason, subject, body
)
SELECT gen_random_uuid(), 'storm:' || number || ':' || channel,
       CASE WHEN number %% 3 = 0 THEN 'digest' ELSE 'escalated' END, channel,
       (%(people)s::bigint[])[1 + number %% cardinality(%(people)s::bigint[])],
       'Chuyên viên (message ' || number || ')', 'waiting',
       %(now)s, %(now)s + random() * %(seconds)s * interval '1 second', 0, 0, '', '', '', ''
FROM generate_series(0, %(pairs)s - 1) AS number, unnest(ARRAY['email', 'in_app', 'messenger']) AS channel
WHERE channel <> 'messenger' OR number %% 10 = 0
"""

# The first reminder of each message, and for every fourth message a second one about other work of the agency.
REMINDERS = """
INSERT INTO directives_reminder (
    uuid, assignment_id, due_version, rung, rung_on, audience, kind, recipient_id, substitutes, channel, planned_on,
    state, why_not, delivery_id
)
SELECT gen_random_uuid(),
       (%(work)s::bigint[])[1 + number %% %(people)s / 2 * %(turns)s + (number / %(people)s + more) %% %(turns)s],
       1, number / %(people)s + 1000 * more, %(today)s, 'officer', 'courtesy', recipient_id, false, channel, %(today)s,
       'planned', '', id
FROM (SELECT *, split_part(key, ':', 2)::int AS number FROM directives_delivery) AS message,
     generate_series(0, 1) AS more
WHERE more = 0 OR number %% 4 = 0
"""


@dataclass(frozen=True)
class World:
    """Who there is, and what they work on (ids). The `dormant` work is woken while it storms, for the round."""

    secretary: User
    officers: dict[int, list[User]]
    notices: list[Notice]
    work: list[int]
    dormant: list[int]


def fill(storm: Storm, messenger_port: int) -> World:
    """Write all of it; the messages begin to fall due at once."""
    # One rung, fifteen working days before the date: it speaks at once where work is woken.
    make_ladder(rungs=((-15, "officer", "courtesy"),)).rungs.update(urgent=True)
    committee = make_committee()
    agencies = [make_agency() for _agency in range(storm.people // 2)]
    officers = {agency.pk: [make_user(Role.OFFICER, agency) for _officer in range(2)] for agency in agencies}
    people = [user for pair in officers.values() for user in pair]
    MessengerAddress.objects.bulk_create(
        MessengerAddress(user=user, address=f"json://127.0.0.1:{messenger_port}/{user.pk}") for user in people
    )
    turns = max(3, storm.deliveries // 2 // storm.people // MESSAGES_OF_ONE)
    notices = [make_notice(committee) for _turn in range(turns)]
    work = _give([make_directive(notice).pk for notice in notices], list(officers), due_in=DUE)
    round_of = max(1, storm.deliveries // 30 // len(agencies))
    calls = [make_directive(make_notice(committee)).pk for _turn in range(round_of)]
    dormant = _give(calls, list(officers), due_in=SOON)
    Random(storm.seed).shuffle(dormant)
    _write_messages(storm, [user.pk for user in people], work, turns)
    return World(make_user(Role.SECRETARIAT, committee), officers, notices, work, dormant)


def _give(directives: list[int], agencies: list[int], *, due_in: timedelta) -> list[int]:
    """Each directive to each agency; their ids, by agency."""
    today = clock.today()
    told = {"directives": directives, "agencies": agencies, "due": today + due_in, "assigned": today + ASSIGNED}
    with connection.cursor() as cursor:
        cursor.execute(WORK, told)
        return [pk for (pk,) in cursor.fetchall()]


def _write_messages(storm: Storm, people: list[int], work: list[int], turns: int) -> None:
    pairs = storm.deliveries * 10 // 21
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [Random(storm.seed).uniform(-1, 1)])
        when = {"now": clock.now(), "seconds": storm.seconds, "today": clock.today()}
        cursor.execute(MESSAGES, {"people": people, "pairs": pairs, **when})
        cursor.execute(REMINDERS, {"people": len(people), "work": work, "turns": turns, **when})
        cursor.execute("ANALYZE directives_assignment, directives_delivery, directives_reminder")

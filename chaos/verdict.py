"""What must hold afterwards, asked of the database, its witness, the mail server's notes and the hands' notes."""

from dataclasses import dataclass
from typing import Any

import psycopg

from chaos.faults import Faults

# When the last reminder of each message was stopped, if all of them were.
STOPPED = """
CREATE TABLE chaos_stopped AS
SELECT reminder.delivery_id, max(at) AS at
FROM directives_reminder AS reminder
LEFT JOIN LATERAL (
    SELECT min(stop.at) AS at FROM chaos_stop AS stop
    WHERE stop.assignment_id = reminder.assignment_id OR stop.user_id = reminder.recipient_id
) AS stop ON true
WHERE reminder.delivery_id IS NOT NULL
GROUP BY reminder.delivery_id
HAVING count(*) = count(at)
"""

# What left the house and arrived. What the round planned has no number, so of its calls nothing more is asked.
ARRIVED = """
CREATE TABLE chaos_arrival AS
SELECT mail.at, row.id AS delivery_id FROM chaos_mail AS mail JOIN directives_delivery AS row USING (uuid)
UNION ALL
SELECT call.at, row.id FROM chaos_call AS call
JOIN directives_delivery AS row ON row.key = 'storm:' || call.number || ':messenger'
"""

# Each counts what must not be there at all.
NEVER = {
    "messages that still wait, or were given up": """
        SELECT count(*) FROM directives_delivery WHERE state IN ('waiting', 'dead', 'held')""",
    "mails and calls noted as sent that never arrived": """
        SELECT count(*) FROM directives_delivery AS row
        WHERE (channel = 'email' OR channel = 'messenger' AND key LIKE 'storm:%') AND state = 'sent'
          AND NOT EXISTS (SELECT FROM chaos_arrival WHERE delivery_id = row.id)""",
    "messages dropped while they were still wanted": """
        SELECT count(DISTINCT row.id) FROM directives_delivery AS row
        JOIN directives_reminder AS reminder ON reminder.delivery_id = row.id
        JOIN directives_assignment AS work ON work.id = reminder.assignment_id
        WHERE row.state = 'superseded' AND work.state IN ('assigned', 'acknowledged', 'in_progress')
          AND work.due_version = reminder.due_version
          AND EXISTS (SELECT FROM accounts_office WHERE user_id = row.recipient_id AND ends_on IS NULL)""",
    "reminders that contradict their message": """
        SELECT count(*) FROM directives_reminder AS reminder JOIN directives_delivery AS row ON row.id = delivery_id
        WHERE (row.state = 'sent' AND reminder.state = 'planned')
           OR (row.state = 'superseded' AND reminder.state IN ('planned', 'sent'))""",
    "officers whom the round forgot": """
        SELECT count(*) FROM directives_assignment AS work
        JOIN accounts_office AS office ON office.agency_id = work.agency_id AND office.ends_on IS NULL,
             unnest(ARRAY['email', 'in_app']) AS channel
        WHERE work.id = ANY(%(dormant)s) AND work.state = 'in_progress' AND work.due_version = 1
          AND NOT EXISTS (SELECT FROM directives_reminder AS reminder WHERE reminder.assignment_id = work.id
                          AND reminder.recipient_id = office.user_id AND reminder.channel = channel)""",
    "doubled rows of the ledger": """
        SELECT count(*) - count(DISTINCT (assignment_id, due_version, rung, recipient_id, channel))
        FROM directives_reminder""",
    "doubled rows of the outbox": "SELECT count(*) - count(DISTINCT key) FROM directives_delivery",
    "messages that became sent twice": """
        SELECT count(*) - count(DISTINCT delivery_id) FROM chaos_witness WHERE what = 'sent'""",
    "notices in the application told twice": """
        SELECT count(*) - count(DISTINCT (reminder.assignment_id, due_version, rung, reminder.recipient_id))
        FROM directives_reminder AS reminder
        JOIN chaos_witness AS seen ON seen.delivery_id = reminder.delivery_id AND seen.what = 'sent'
        WHERE reminder.channel = 'in_app'""",
    "messages that moved on from their end": """
        SELECT count(*) FROM chaos_witness WHERE was IN ('sent', 'superseded') AND what <> 'put back'""",
    "claims of what was another's": """
        SELECT count(*) FROM chaos_witness WHERE what = 'claim' AND leased_before > began""",
    "claims after a stop": """
        SELECT count(*) FROM chaos_witness AS seen JOIN chaos_stopped AS stop USING (delivery_id)
        WHERE seen.what IN ('claim', 'ask') AND seen.began > stop.at""",
    "messages that left once more without any fault": """
        WITH arrived AS (SELECT at, lag(at) OVER (PARTITION BY delivery_id ORDER BY at) AS earlier FROM chaos_arrival)
        SELECT count(*) FROM arrived
        WHERE earlier IS NOT NULL AND NOT EXISTS (
            SELECT FROM unnest(%(faults)s::timestamptz[]) AS fault
            WHERE fault BETWEEN earlier - %(grace)s * interval '1 second' AND at)""",
    "calls to somebody else": """
        SELECT count(*) FROM chaos_call AS call JOIN directives_delivery AS row
          ON row.key = 'storm:' || call.number || ':messenger'
        WHERE call.recipient <> row.recipient_id::text""",
    "mails without a row, or to somebody else": """
        SELECT count(*) FROM chaos_mail AS mail WHERE NOT EXISTS (
            SELECT FROM directives_delivery AS row JOIN accounts_user AS person ON person.id = row.recipient_id
            WHERE row.uuid = mail.uuid AND person.email = mail.recipient)""",
}
# A message that arrived again, or that was stopped before its sender could note that it had left.
REPEATS = """
SELECT (SELECT count(*) - count(DISTINCT delivery_id) FROM chaos_arrival)
     + (SELECT count(DISTINCT row.id) FROM chaos_arrival JOIN directives_delivery AS row ON row.id = delivery_id
        WHERE row.state = 'superseded')
"""
LATE = """
SELECT (SELECT count(*) FROM chaos_arrival AS arrival JOIN chaos_stopped AS stop USING (delivery_id)
        WHERE arrival.at > stop.at + %(grace)s * interval '1 second')
     + (SELECT count(*) FROM chaos_witness AS seen JOIN directives_delivery AS row ON row.id = seen.delivery_id
        JOIN chaos_stopped AS stop USING (delivery_id)
        WHERE what = 'sent' AND channel = 'in_app' AND seen.began > stop.at + %(grace)s * interval '1 second')
"""
FIGURES = {
    "messages": "SELECT count(*) FROM directives_delivery",
    "mails that arrived": "SELECT count(*) FROM chaos_mail",
    "calls of the messenger that arrived": "SELECT count(*) FROM chaos_call",
    "notices in the application": """
        SELECT count(*) FROM directives_delivery WHERE channel = 'in_app' AND state = 'sent'""",
    "messages no longer needed": "SELECT count(*) FROM directives_delivery WHERE state = 'superseded'",
    "messages wholly stopped": "SELECT count(*) FROM chaos_stopped",
    "claims": "SELECT count(*) FROM chaos_witness WHERE what = 'claim'",
    "rows of the ledger": "SELECT count(*) FROM directives_reminder",
}


@dataclass(frozen=True)
class Line:
    """A figure, and the most that it may be; None where it is only told."""

    what: str
    found: float
    most: float | None = None

    @property
    def kept(self) -> bool:
        return self.most is None or self.found <= self.most

    def __str__(self) -> str:
        allowed = "" if self.most is None else f"  at most {self.most:<6,.0f} {'ok' if self.kept else 'VIOLATED'}"
        return f"  {self.what:<48} {self.found:>9,.0f}{allowed}"


def judge(owner: psycopg.Connection, *, dormant: list[int], faults: Faults, grace: float) -> list[Line]:
    """Everything that was asked, with its answer. `grace`: seconds from a stop on in which a mail may still arrive."""
    owner.execute(STOPPED)
    owner.execute(ARRIVED)
    told = {"dormant": dormant, "faults": faults.moments, "grace": grace}
    return [
        *(Line(what, _number(owner, sql, told)) for what, sql in FIGURES.items()),
        *(Line(what, _number(owner, sql, told), 0) for what, sql in NEVER.items()),
        Line("messages that left once more, with the same name", _number(owner, REPEATS, told), faults.in_flight),
        Line("messages that left late after a stop", _number(owner, LATE, told), faults.suspended),
    ]


def _number(owner: psycopg.Connection, sql: str, told: dict[str, Any]) -> int:
    (number,) = owner.execute(sql, told if "%(" in sql else None).fetchone()
    return int(number)

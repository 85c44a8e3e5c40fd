"""A witness in the database itself: a trigger writes down every claim, every asking again and every outcome."""

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg

TABLES = """
CREATE TABLE chaos_witness (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id bigint NOT NULL,
    what text NOT NULL,             -- claim, ask, put back, or the state that it moved to
    was text NOT NULL,              -- its state before
    began timestamptz NOT NULL,     -- when the transaction began
    leased_before timestamptz
);
CREATE TABLE chaos_mail (at timestamptz NOT NULL, uuid uuid NOT NULL, recipient text NOT NULL);
CREATE TABLE chaos_call (at timestamptz NOT NULL, number text NOT NULL, recipient text NOT NULL);
CREATE TABLE chaos_stop (at timestamptz NOT NULL, assignment_id bigint, user_id bigint);
CREATE FUNCTION chaos_watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO chaos_witness (delivery_id, what, was, began, leased_before)
    SELECT NEW.id,
           CASE WHEN NEW.state <> OLD.state THEN NEW.state
                WHEN NEW.leased_until IS NULL THEN 'put back'
                WHEN NEW.token <> OLD.token THEN 'claim'
                ELSE 'ask' END,
           OLD.state, now(), OLD.leased_until
    WHERE NEW.state <> OLD.state OR NEW.token <> OLD.token OR NEW.leased_until IS DISTINCT FROM OLD.leased_until;
    RETURN NULL;
END $$;
CREATE TRIGGER chaos_watch AFTER UPDATE ON directives_delivery FOR EACH ROW EXECUTE FUNCTION chaos_watch();
"""


def install(owner: psycopg.Connection) -> None:
    """From now on everything that happens to a message is written down."""
    owner.execute(TABLES)


def hear(owner: psycopg.Connection, notes: Path) -> None:
    """Take down what the mail server, the messenger and the hands noted in their files in the folder `notes`."""
    with owner.cursor() as cursor:
        for name in ("mail", "call"):
            with cursor.copy(f"COPY chaos_{name} FROM STDIN") as rows:
                for line in _lines(notes / f"{name}.notes"):
                    at, known, recipient = line.split("\t")
                    rows.write_row((_moment(float(at)), known, recipient))
        with cursor.copy("COPY chaos_stop FROM STDIN") as rows:
            for line in _lines(notes / "stops.notes"):
                told = json.loads(line)
                for assignment in told["assignments"]:
                    rows.write_row((_moment(told["at"]), assignment, None))
                if told["user"]:
                    rows.write_row((_moment(told["at"]), None, told["user"]))
        cursor.execute("ANALYZE chaos_witness, chaos_mail, chaos_call, chaos_stop")


def _lines(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)

"""The application's role in the database: it may do the work, and of history it may only add and read.

Web, workers, beat and commands act as this role (DATABASE_ROLE). The owner migrates, and each time makes sure that
the role is there with the rights it needs.
"""

import logging
from typing import Any

from django.db import ProgrammingError, connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

ROLE = "dondoc_app"
WORK = "SELECT, INSERT, UPDATE, DELETE"
NUMBER = "USAGE, SELECT"
# What it may not simply work with; nobody but the owner migrates, nobody at all changes history.
LESS_THAN_WORK = {
    "directives_event": "SELECT, INSERT",
    "directives_seal": "SELECT, INSERT",
    "django_migrations": "SELECT",
}
OWN_TABLES_AND_SEQUENCES = """
SELECT relname, relkind = 'S' FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S') AND pg_has_role(relowner, 'USAGE')
ORDER BY relname
"""
# Two databases of one server may be migrated at the same moment.
CREATE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
WHAT_IS_LEFT = (
    "The database role %(role)s is missing, and %(owner)s may not create it. Let an administrator of the server run "
    "CREATE ROLE %(role)s NOLOGIN; GRANT %(role)s TO %(owner)s; and migrate again. Until then the application can "
    "only run with an empty DATABASE_ROLE, and history is guarded by its triggers alone."
)

log = logging.getLogger(__name__)


def endow(*, using: str, role: str = ROLE, **_signal: Any) -> None:
    """Make the role where it is missing and may be made, and give it its rights; receives `post_migrate`."""
    with transaction.atomic(using=using), connections[using].cursor() as owner:
        if _made(owner, role, using):
            _grant(owner, role)


def rights_beyond(cursor: CursorWrapper, role: str = ROLE) -> list[tuple[str, str]]:
    """Table and right, wherever the role has more of history than to add and to read."""
    cursor.execute(
        "SELECT relname, right_ FROM pg_class, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) right_"
        " WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace"
        " AND EXISTS (SELECT FROM pg_roles WHERE rolname = %s) AND has_table_privilege(%s, pg_class.oid, right_)"
        " ORDER BY 1, 2",
        [["directives_event", "directives_seal"], role, role],
    )
    return list(cursor.fetchall())


def _made(owner: CursorWrapper, role: str, using: str) -> bool:
    owner.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
    name, known = owner.fetchone()
    if known:
        return True
    try:
        with transaction.atomic(using=using):
            owner.execute(sql.SQL(CREATE).format(role=sql.Identifier(role)))
            owner.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    except ProgrammingError as refusal:
        if not isinstance(refusal.__cause__, InsufficientPrivilege):
            raise
        log.warning(WHAT_IS_LEFT, {"role": role, "owner": name})
        return False
    return True


def _grant(owner: CursorWrapper, role: str) -> None:
    owner.execute("SELECT current_schema()")
    names = {"schema": sql.Identifier(owner.fetchone()[0]), "role": sql.Identifier(role)}
    owner.execute(sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names))
    owner.execute(OWN_TABLES_AND_SEQUENCES)
    for name, is_sequence in owner.fetchall():
        kind, rights = ("SEQUENCE", NUMBER) if is_sequence else ("TABLE", LESS_THAN_WORK.get(name, WORK))
        place = sql.Identifier(name)
        owner.execute(sql.SQL(f"REVOKE ALL ON {kind} {{place}} FROM {{role}}").format(place=place, **names))
        owner.execute(sql.SQL(f"GRANT {rights} ON {kind} {{place}} TO {{role}}").format(place=place, **names))
    for kinds, rights in (("TABLES", WORK), ("SEQUENCES", NUMBER)):
        later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {{schema}} GRANT {rights} ON {kinds} TO {{role}}"
        owner.execute(sql.SQL(later).format(**names))

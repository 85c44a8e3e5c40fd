"""History is only ever added to: the database refuses to change it, for everybody, its owner too."""

from django.db import migrations

TABLES = ("directives_event", "directives_seal")

# A trigger for each statement, so that a statement that would change no row is refused as well.
REFUSE = """
CREATE FUNCTION directives_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'History is only ever added to: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'A correction is one more event.';
END
$$;
"""
REFUSE_ON = """
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION directives_history_is_append_only();
"""

# Whoever writes an event, it waits for its seal from then on.
AWAIT = """
CREATE FUNCTION directives_event_awaits_its_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directives_unsealed (event_id) SELECT id FROM written;
    RETURN NULL;
END
$$;
CREATE TRIGGER event_awaits_its_seal AFTER INSERT ON directives_event
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION directives_event_awaits_its_seal();
"""
NO_LONGER_AWAIT = """
DROP TRIGGER event_awaits_its_seal ON directives_event;
DROP FUNCTION directives_event_awaits_its_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION directives_history_is_append_only();"),
        *[
            migrations.RunSQL(REFUSE_ON.format(table=table), f"DROP TRIGGER history_is_append_only ON {table};")
            for table in TABLES
        ],
        migrations.RunSQL(AWAIT, NO_LONGER_AWAIT),
    ]

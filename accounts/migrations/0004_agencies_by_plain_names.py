"""Agencies are found by their names without marks; `plain_text` is the twin of the rule of the same name."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Bodies in standard SQL are bound to what they call when they are made: a restored dump finds it in any search path.
PLAIN_TEXT = r"""
CREATE FUNCTION plain_text(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(btrim(regexp_replace(
    lower(translate(
        regexp_replace(normalize(said, NFD), E'[\u0300-\u036f\u00ad\u200c\u200d]', '', 'g'), 'đĐ', 'dd'
    ) COLLATE "C"),
    '[^a-z0-9]+', ' ', 'g')),
    '(^| )0+([0-9])', '\1\2', 'g'),
    '([a-z0-9]{60})[a-z0-9]+', '\1', 'g');
"""
# The names of an agency, each once.
PLAIN_NAMES = """
CREATE FUNCTION plain_names(vietnamese text, short text, english text, abbreviation text, aliases text[])
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT plain_text(name)
    FROM unnest(ARRAY[vietnamese, short, english, abbreviation] || aliases) AS name
    WHERE plain_text(name) <> ''
);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_absences")]

    operations = [
        migrations.RunSQL(PLAIN_TEXT, "DROP FUNCTION plain_text(text);"),
        migrations.RunSQL(PLAIN_NAMES, "DROP FUNCTION plain_names(text, text, text, text, text[]);"),
        migrations.AddField(
            model_name="agency",
            name="plain_names",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "name_vi", "short_name_vi", "name_en", "abbreviation", "aliases", function="plain_names"
                ),
                output_field=ArrayField(base_field=models.TextField(), size=None),
            ),
        ),
        migrations.AddIndex(model_name="agency", index=GinIndex(fields=["plain_names"], name="agencies_by_plain_name")),
    ]

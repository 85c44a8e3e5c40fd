"""Directives and notices are found by their words, marks or none; triggers keep what a directive is found by."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Concat

BLANK = models.Value(" ", models.TextField())
SAID = models.Func(
    Concat("number", BLANK, "symbol", BLANK, "subject", BLANK, output_field=models.TextField()),
    function="plain_words",
    output_field=django.contrib.postgres.search.SearchVectorField(),
)
# As many letters as a whole book of directives has; more would not fit into one row of the index.
PLAIN_WORDS = """
CREATE FUNCTION plain_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(string_to_array(plain_text(left(said, 100000)), ' '));
"""
KEEP = """
CREATE FUNCTION directives_words_of(directive directives_directive) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT plain_words(concat_ws(' ', directive.wording, directive.product, directive.field,
        notice.number, notice.symbol, notice.subject, directive.quote))
    FROM directives_notice notice WHERE notice.id = directive.notice_id
$$;

CREATE FUNCTION directives_directive_is_found() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directives_directivewords (directive_id, words) VALUES (NEW.id, directives_words_of(NEW));
    RETURN NULL;
END
$$;
CREATE TRIGGER directive_is_found AFTER INSERT ON directives_directive
    FOR EACH ROW EXECUTE FUNCTION directives_directive_is_found();

CREATE FUNCTION directives_directive_is_found_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directives_directivewords SET words = directives_words_of(NEW) WHERE directive_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER directive_is_found_anew AFTER UPDATE ON directives_directive
    FOR EACH ROW WHEN (
        (OLD.wording, OLD.product, OLD.field, OLD.quote, OLD.notice_id)
        IS DISTINCT FROM (NEW.wording, NEW.product, NEW.field, NEW.quote, NEW.notice_id)
    ) EXECUTE FUNCTION directives_directive_is_found_anew();

CREATE FUNCTION directives_notice_is_found_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directives_directivewords found SET words = directives_words_of(directive)
    FROM directives_directive directive
    WHERE directive.notice_id = NEW.id AND found.directive_id = directive.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER notice_is_found_anew AFTER UPDATE ON directives_notice
    FOR EACH ROW WHEN (
        (OLD.number, OLD.symbol, OLD.subject) IS DISTINCT FROM (NEW.number, NEW.symbol, NEW.subject)
    ) EXECUTE FUNCTION directives_notice_is_found_anew();

INSERT INTO directives_directivewords (directive_id, words)
SELECT id, directives_words_of(directive) FROM directives_directive directive;
"""
NO_LONGER = """
DROP TRIGGER directive_is_found ON directives_directive;
DROP TRIGGER directive_is_found_anew ON directives_directive;
DROP TRIGGER notice_is_found_anew ON directives_notice;
DROP FUNCTION directives_notice_is_found_anew();
DROP FUNCTION directives_directive_is_found_anew();
DROP FUNCTION directives_directive_is_found();
DROP FUNCTION directives_words_of(directives_directive);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_agencies_by_plain_names"),
        ("directives", "0023_changes_of_many_are_told"),
    ]

    operations = [
        migrations.RunSQL(PLAIN_WORDS, "DROP FUNCTION plain_words(text);"),
        migrations.CreateModel(
            name="DirectiveWords",
            fields=[
                (
                    "directive",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="in_plain",
                        serialize=False,
                        to="directives.directive",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.AddIndex(
            model_name="notice",
            index=django.contrib.postgres.indexes.GinIndex(SAID, name="notices_by_words"),
        ),
        migrations.RunSQL(KEEP, NO_LONGER),
        migrations.AddIndex(
            model_name="directivewords",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="directives_by_words"),
        ),
    ]

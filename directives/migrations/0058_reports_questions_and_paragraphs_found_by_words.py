"""Reports, requests for more time, questions and readings are found by their words; paragraphs by those of their notice."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_keys_by_network_and_successor"),
        ("directives", "0057_keys_about_to_expire"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="extensionrequest",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Concat(
                        "reason",
                        models.Value(" ", models.TextField()),
                        "decision_reason",
                        models.Value(" ", models.TextField()),
                        output_field=models.TextField(),
                    ),
                    function="plain_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="extensions_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Concat(
                        "text", models.Value(" ", models.TextField()), output_field=models.TextField()
                    ),
                    function="plain_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="notices_by_text",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["asked_at", "id"], name="questions_by_moment"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Concat(
                        "text",
                        models.Value(" ", models.TextField()),
                        "answer",
                        models.Value(" ", models.TextField()),
                        output_field=models.TextField(),
                    ),
                    function="plain_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="questions_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Concat(
                        "source",
                        models.Value(" ", models.TextField()),
                        "reason",
                        models.Value(" ", models.TextField()),
                        output_field=models.TextField(),
                    ),
                    function="plain_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="readings_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    django.db.models.functions.text.Concat(
                        "text",
                        models.Value(" ", models.TextField()),
                        "difficulties",
                        models.Value(" ", models.TextField()),
                        "asks",
                        models.Value(" ", models.TextField()),
                        "product_ref",
                        models.Value(" ", models.TextField()),
                        "reason",
                        models.Value(" ", models.TextField()),
                        output_field=models.TextField(),
                    ),
                    function="plain_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="reports_by_words",
            ),
        ),
    ]

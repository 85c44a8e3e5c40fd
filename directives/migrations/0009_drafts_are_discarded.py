"""A draft can be discarded: its number and reference are free again, its text and file are gone."""

import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("directives", "0008_what_waits_lapses_with_its_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="one_live_notice_per_number",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="one_notice_per_external_ref",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="issued_notice_has_number_issuer_and_date",
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("issued", "Issued"),
                    ("withdrawn", "Withdrawn"),
                    ("discarded", "Discarded"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                models.F("issuer"),
                django.db.models.functions.datetime.ExtractYear("issued_on"),
                models.F("number"),
                models.F("symbol"),
                condition=models.Q(
                    models.Q(("state__in", ["withdrawn", "discarded"]), _negated=True),
                    ("issuer__isnull", False),
                    ("number__isnull", False),
                ),
                name="one_live_notice_per_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("external_ref", ""), _negated=True), models.Q(("state", "discarded"), _negated=True)
                ),
                fields=("external_ref",),
                name="one_notice_per_external_ref",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "discarded"]),
                    models.Q(
                        ("issued_on__isnull", False),
                        ("issuer__isnull", False),
                        ("number__isnull", False),
                        models.Q(("symbol", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issued_notice_has_number_issuer_and_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "discarded"), _negated=True),
                    models.Q(("source_file", ""), ("text", "")),
                    _connector="OR",
                ),
                name="discarded_draft_has_no_text",
            ),
        ),
    ]

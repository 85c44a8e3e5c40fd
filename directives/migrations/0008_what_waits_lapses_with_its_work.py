"""What waits for a decision lapses with the work that it is about; nobody decides on what they handed in."""

import django.db.models.expressions
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# States of an assignment in which it is still owed.
OPEN = ["assigned", "acknowledged", "in_progress", "handed_in", "suspended"]


def lapse(apps, schema_editor):
    requests = apps.get_model("directives", "ExtensionRequest").objects.filter(state="open")
    requests.exclude(assignment__state__in=OPEN).update(state="lapsed")
    reports = apps.get_model("directives", "Report").objects.filter(kind="hand_in", state="submitted")
    reports.exclude(assignment__state="handed_in").update(state="lapsed")


def wait_again(apps, schema_editor):
    apps.get_model("directives", "ExtensionRequest").objects.filter(state="lapsed").update(state="open")
    apps.get_model("directives", "Report").objects.filter(state="lapsed").update(state="submitted")


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0007_snoozes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="extensionrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Waiting for decision"),
                    ("granted", "Granted"),
                    ("refused", "Refused"),
                    ("lapsed", "Lapsed"),
                ],
                default="open",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "Submitted"),
                    ("verified", "Verified"),
                    ("returned", "Returned"),
                    ("lapsed", "Lapsed"),
                ],
                default="submitted",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(lapse, wait_again),
        # What was decided before the promise was made stays as it is.
        AddConstraintNotValid(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", django.db.models.expressions.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="who_handed_in_never_decides",
            ),
        ),
    ]

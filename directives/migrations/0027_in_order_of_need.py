"""Assignments keep their place in the lists of what to do next; the database computes it from state and dates."""

from datetime import date

from django.db import migrations, models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

WORKING = ("assigned", "acknowledged", "in_progress")
LIVE = (*WORKING, "handed_in", "suspended", "done")
NEED = Case(
    When(~Q(state__in=LIVE), then=6),
    When(state="done", due_on__lt=F("done_on"), then=4),
    When(state="done", then=5),
    When(state="suspended", then=3),
    When(state="handed_in", then=2),
    When(returned_on__isnull=False, then=0),
    default=1,
    output_field=models.SmallIntegerField(),
)
NEXT_ON = Case(
    When(Q(state__in=WORKING, returned_on__isnull=False) & Q(redo_by__isnull=False), then=F("redo_by")),
    When(state="handed_in", then=F("handed_in_on")),
    When(state="done", then=F("done_on")),
    default=Coalesce(F("due_on"), models.Value(date.max, models.DateField())),
    output_field=models.DateField(),
)
LISTS = (
    ("led_by_agency", ~Q(role="coordinating"), ["agency"], ["due_on"]),
    ("coordinated_by_agency", Q(role="coordinating"), ["agency"], ["due_on"]),
    ("led", ~Q(role="coordinating"), [], ["due_on", "agency"]),
    ("coordinated", Q(role="coordinating"), [], ["due_on", "agency"]),
)


def kept(expression: Case, field: models.Field) -> models.GeneratedField:
    return models.GeneratedField(expression=expression, output_field=field, db_persist=True)


class Migration(migrations.Migration):
    dependencies = [("directives", "0026_what_the_desk_lists")]

    operations = [
        migrations.AddField("assignment", "need", kept(NEED, models.SmallIntegerField())),
        migrations.AddField("assignment", "next_on", kept(NEXT_ON, models.DateField())),
        *[
            migrations.AddIndex(
                "assignment",
                models.Index(fields=[*whose, "need", "next_on", "id"], condition=part, include=beside, name=name),
            )
            for name, part, whose, beside in LISTS
        ],
    ]

"""A committee's list, and its counts of open work, are read from an index of its own."""

from django.db import migrations, models

BESIDE = models.Q(("role", "coordinating"))
LISTS = (("led_of_committee", ~BESIDE), ("coordinated_of_committee", BESIDE))


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0036_in_whose_figures"),
    ]

    operations = [
        migrations.AddIndex(
            "assignment",
            models.Index(
                condition=part,
                fields=["committee", "need", "next_on", "id"],
                include=("due_on", "agency"),
                name=name,
            ),
        )
        for name, part in LISTS
    ]

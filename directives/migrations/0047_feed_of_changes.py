"""What other systems have to read anew, numbered; and what was touched and has no number yet."""

import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0043_kept_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("epoch", models.UUIDField(default=uuid.uuid4)),
                ("forgotten", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "feed",
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("uuid", models.UUIDField()),
                ("verb", models.CharField(blank=True, max_length=40)),
                (
                    "seen_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("transaction", models.BigIntegerField()),
                ("aspect", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "verbose_name": "touched row",
            },
        ),
        migrations.CreateModel(
            name="FeedChange",
            fields=[
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("uuid", models.UUIDField()),
                ("verb", models.CharField(blank=True, max_length=40)),
                (
                    "seen_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "change of the feed",
                "ordering": ["sequence"],
                "indexes": [models.Index(fields=["recorded_at"], name="feed_by_age")],
            },
        ),
    ]

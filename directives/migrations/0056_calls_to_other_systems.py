"""Other systems are told of changes by a call: subscriptions, calls, attempts, and the networks that are trusted."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_keys_by_network_and_successor"),
        ("directives", "0055_directives_known_elsewhere"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveBigIntegerField(null=True, verbose_name="number of the change")),
                ("at", models.DateTimeField(verbose_name="changed at")),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
                ("about", models.UUIDField(verbose_name="id of the row")),
                ("verb", models.CharField(blank=True, max_length=40, verbose_name="what was done")),
                ("was_seen", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("taken", "Taken"),
                            ("unneeded", "No longer needed"),
                            ("dead", "Not taken"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("due_at", models.DateTimeField(verbose_name="to be sent at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("first_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True, verbose_name="taken")),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="answer")),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_name", "The name of the server is not known."),
                            ("inside", "The address leads into an inner network, or by a way that is not trusted."),
                            ("unreached", "The server could not be reached."),
                            ("certificate", "The certificate of the server is not good for its name."),
                            ("too_slow", "The server did not answer in time."),
                            ("broken", "The connection broke."),
                            ("refused", "The server answered with an error."),
                            ("redirect", "The server sent us to another address, to which we do not go."),
                            ("challenge", "The server did not repeat the challenge."),
                            ("cut_off", "We were cut off; nobody knows whether it arrived."),
                        ],
                        max_length=12,
                        verbose_name="trouble",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TrustedNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(max_length=50, unique=True, verbose_name="network")),
                (
                    "ports",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None, verbose_name="ports"
                    ),
                ),
                ("unencrypted", models.BooleanField(default=False, verbose_name="also without encryption (http)")),
                ("note", models.CharField(max_length=300, verbose_name="whose network, and by which decision")),
            ],
            options={
                "verbose_name": "trusted network",
                "verbose_name_plural": "trusted networks",
                "ordering": ["network"],
            },
        ),
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "New assignments"),
                    ("returned", "Report returned"),
                    ("extension_decided", "Extension decided"),
                    ("digest", "Reminders of the day"),
                    ("escalated", "Escalated to you"),
                    ("succeeded", "Work taken over"),
                    ("changed", "Work changed"),
                    ("nudged", "Nudge by the agency above"),
                    ("amended", "Notice amended"),
                    ("asked", "Question asked"),
                    ("answered", "Question answered"),
                    ("paper", "Scheduled paper"),
                    ("assess", "Self-assessment asked for"),
                    ("disconnected", "Other system no longer told"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="mergedrow",
            name="thing",
            field=models.CharField(
                choices=[
                    ("moved", "assignments that passed to the successor"),
                    ("joined", "assignments that joined work of the successor"),
                    ("office", "offices"),
                    ("key", "API keys"),
                    ("subscription", "subscriptions of other systems"),
                    ("agency_below", "agencies below"),
                    ("committee", "committees whose secretariat it was"),
                    ("succession", "entries in the register of successions"),
                    ("end", "agencies that ended"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "New assignments"),
                    ("returned", "Report returned"),
                    ("extension_decided", "Extension decided"),
                    ("digest", "Reminders of the day"),
                    ("escalated", "Escalated to you"),
                    ("succeeded", "Work taken over"),
                    ("changed", "Work changed"),
                    ("nudged", "Nudge by the agency above"),
                    ("amended", "Notice amended"),
                    ("asked", "Question asked"),
                    ("answered", "Question answered"),
                    ("paper", "Scheduled paper"),
                    ("assess", "Self-assessment asked for"),
                    ("disconnected", "Other system no longer told"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("endpoint", models.CharField(max_length=500, verbose_name="endpoint")),
                ("took", models.PositiveIntegerField(verbose_name="took (ms)")),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="answer")),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_name", "The name of the server is not known."),
                            ("inside", "The address leads into an inner network, or by a way that is not trusted."),
                            ("unreached", "The server could not be reached."),
                            ("certificate", "The certificate of the server is not good for its name."),
                            ("too_slow", "The server did not answer in time."),
                            ("broken", "The connection broke."),
                            ("refused", "The server answered with an error."),
                            ("redirect", "The server sent us to another address, to which we do not go."),
                            ("challenge", "The server did not repeat the challenge."),
                            ("cut_off", "We were cut off; nobody knows whether it arrived."),
                        ],
                        max_length=12,
                        verbose_name="trouble",
                    ),
                ),
                ("sent", models.TextField(verbose_name="what was sent")),
                ("answer", models.TextField(blank=True, verbose_name="text of the answer")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="directives.call",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("endpoint", models.CharField(max_length=500, verbose_name="endpoint")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="changes",
                    ),
                ),
                ("language", models.CharField(default="vi", max_length=5, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unverified", "Not verified yet"),
                            ("active", "Hears of changes"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped by the system"),
                            ("ended", "Ended"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "stopped_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("failing", "It could not be reached in ten attempts over 75 hours."),
                            (
                                "refusing",
                                "It answered one call after the other with an error until none was tried any more.",
                            ),
                            ("gone", "It answered that it is gone (410)."),
                            ("key", "The key that made it was revoked or has expired."),
                        ],
                        max_length=10,
                        verbose_name="stopped because",
                    ),
                ),
                ("secret", models.CharField(editable=False, max_length=300)),
                ("former_secret", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "former_until",
                    models.DateTimeField(editable=False, null=True, verbose_name="former secret signs until"),
                ),
                ("challenge", models.CharField(blank=True, editable=False, max_length=64)),
                ("cursor", models.PositiveBigIntegerField(editable=False, null=True)),
                ("failures", models.PositiveIntegerField(default=0, editable=False, verbose_name="failures in a row")),
                ("rests_until", models.DateTimeField(editable=False, null=True, verbose_name="not called before")),
                ("is_slow", models.BooleanField(default=False, editable=False)),
                ("taken_at", models.DateTimeField(editable=False, null=True, verbose_name="last taken")),
                ("failed_at", models.DateTimeField(editable=False, null=True, verbose_name="last failed")),
                ("token", models.PositiveIntegerField(default=0, editable=False)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("at", models.DateTimeField(editable=False, verbose_name="made")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="accounts.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="accounts.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.apikey",
                        verbose_name="key",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="subscription",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="directives.subscription",
                verbose_name="subscription",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="subscription",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.subscription",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", None), ("committee__isnull", False)),
                    models.Q(("agency__isnull", False), ("committee", None)),
                    _connector="OR",
                ),
                name="subscription_is_of_one_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "stopped"), models.Q(("stopped_because", ""), _negated=True)),
                    models.Q(models.Q(("state", "stopped"), _negated=True), ("stopped_because", "")),
                    _connector="OR",
                ),
                name="subscription_stops_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True), ("cursor__isnull", False), _connector="OR"
                ),
                name="subscription_is_verified_before_it_hears",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["subscription", "due_at"], name="calls_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["subscription", "id"], name="calls_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["subscription", "-id"], name="calls_of_subscription"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["subscription", "at"], name="calls_by_moment"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["created_at"], name="calls_by_age"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("subscription", "sequence"), name="one_call_for_a_change"),
        ),
    ]

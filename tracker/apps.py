"""How it is reached: admin, API, web UI, tasks and commands."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from tracker.database_role import endow


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "Đôn đốc"

    def ready(self) -> None:
        # Sent once for each app that has models, when all tables of all apps are there: once is enough.
        post_migrate.connect(endow, sender=apps.get_app_config("directives"), dispatch_uid="endow")

"""How Django finds the desk: one site, our own, with the rooms that are named here and no others."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig

ROOMS = (
    "notices",
    "sessions",
    "directives",
    "assignments",
    "changes",
    "progress",
    "questions",
    "indicators",
    "sets",
    "calendar",
    "ladders",
    "bodies",
    "people",
    "absences",
    "mergers",
    "keys",
    "subscriptions",
    "calls",
    "networks",
    "outbox",
    "history",
)


class DeskConfig(SimpleAdminConfig):
    """Django's admin with our site in place of its own."""

    default_site = "tracker.admin.site.Desk"

    def ready(self) -> None:
        super().ready()
        for room in ROOMS:  # they need the models, which are there from now on
            import_module(f"tracker.admin.{room}")

"""How it is reached: admin, API, web UI, tasks and commands."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "Đôn đốc"

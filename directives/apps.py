"""What must be done: notices, directives, assignments and their deadlines."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "Directives"

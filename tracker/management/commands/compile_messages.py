"""Write the binary catalogues that Django reads."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.catalogues import compile_catalogue


class Command(BaseCommand):
    help = "Write the binary catalogue of each room where its text is newer."

    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        for room in settings.ROOMS:
            compile_catalogue(room)

"""`manage.py write_openapi`: what the API takes and says, as `tracker/api/openapi.json`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.api.reference import FILE
from tracker.api.schema.document import document, written
from tracker.api.schema.shapes import NotDescribed
from tracker.api.urls import urlpatterns

OLD = "tracker/api/openapi.json is not what the code says: run `manage.py write_openapi`."


class Command(BaseCommand):
    help = "Write tracker/api/openapi.json from the declarations of the API."

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the file is old")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Raises CommandError where the file is old, or something has no schema."""
        try:
            text = written(document(urlpatterns))
        except NotDescribed as lacking:
            raise CommandError(str(lacking)) from lacking
        if check and FILE.read_text(encoding="utf-8") != text:
            raise CommandError(OLD)
        if not check:
            FILE.write_text(text, encoding="utf-8")

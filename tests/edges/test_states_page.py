"""`docs/states.md` is what the table of transitions says."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

PAGE = Path(settings.BASE_DIR, "docs", "states.md")


def test_the_page_says_what_the_table_says():
    printed = StringIO()
    call_command("print_states", stdout=printed)
    assert PAGE.read_text(encoding="utf-8") == printed.getvalue(), "run `manage.py print_states > docs/states.md`"

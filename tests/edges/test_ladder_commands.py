"""The commands of the ladder on the loaded demo: remind plans, rehearse only tells."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from directives.models import Delivery
from tests.actions import conftest
from tests.actions.conftest import nothing_changes
from tests.make import at

THURSDAY = "2024-12-26"
# One issued notice that no round has looked at.
house = conftest.house


def said(command: str, *words: str) -> list[str]:
    """What a command prints, in English, line by line."""
    out = StringIO()
    with override("en"):
        call_command(command, *words, stdout=out)
    return out.getvalue().splitlines()


def test_remind_plans_a_day_that_nobody_has_looked_at_and_run_twice_adds_nothing(house):
    first = said("remind", "--on", THURSDAY)
    assert first[-1] == "12 in the ledger for 26/12/2024, 12 of them newly planned."
    assert sorted({line.split("  ")[1] for line in first[:-1]}) == ["-15", "-3", "-7"]
    assert {line.split("  ")[-1] for line in first[:-1] if line.split("  ")[1] == "-3"} == {
        "Planned (E-mail)",
        "Planned (In the application)",
    }
    with nothing_changes():
        again = said("remind", "--on", THURSDAY)
    assert again == [*first[:-1], "12 in the ledger for 26/12/2024; nothing was added."]
    assert Delivery.objects.filter(kind="digest", due_at=at(date(2024, 12, 26), 7, 30)).exists()


REFUSED = {
    "a notice that is not there": (("2024-12-01", "2025-01-31", "1/X"), "no issued notice 1/X"),
    "what is no number": (("2024-12-01", "2025-01-31", "abc"), "no issued notice abc"),
    "days that run backwards": (("2025-12-01", "2025-01-31", "369/TB-VPCP"), "before the last"),
    "ten years": (("2015-01-01", "2025-01-31", "369/TB-VPCP"), "three years"),
    "what is no day": (("2024-13-01", "2025-01-31", "369/TB-VPCP"), "invalid fromisoformat value"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED)
def test_rehearse_says_what_is_wrong(db, words, sentence):
    start, end, notice = words
    with pytest.raises(CommandError, match=sentence):
        said("rehearse", "--from", start, "--to", end, "--notice", notice)

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
from tracker import clock
from tracker.delivery.deliver import deliver_waiting

THURSDAY = "2024-12-26"
# One issued notice that no round has looked at.
house = conftest.house


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Argon2 is slow on purpose, which is not what is looked at here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def demo(db, tmp_path):
    call_command("load_seeds", demo_json=tmp_path / "demo.json", stdout=StringIO())


def said(command: str, *words: str) -> list[str]:
    """What a command prints, in English, line by line."""
    out = StringIO()
    with override("en"):
        call_command(command, *words, stdout=out)
    return out.getvalue().splitlines()


def told_on_the_day(lines: list[str]) -> list[str]:
    """What became of the rung of Thursday, of those lines that tell of it as planned on that very day."""
    start = "26/12/2024  -3  369/TB-VPCP  Ministry of Public Security  due 31/12/2024  Courtesy reminder → "
    middle = "<chuyenvien.bca@dondoc.example>  Officers of the agency  planned on 26/12/2024  "
    return [line.partition(middle)[2] for line in lines if line.startswith(start) and middle in line]


def test_remind_tells_the_rung_of_notice_369_on_its_day_and_adds_nothing_to_what_the_demo_has_told(demo):
    for words in (("--notice", "369/TB-VPCP"), ()):
        with nothing_changes():
            lines = said("remind", "--on", THURSDAY, *words)
        assert told_on_the_day(lines) == [
            "Cancelled (E-mail)  its day was over when the notice was entered",
            "Sent (In the application)",
        ]
        assert lines[-1] == "6 in the ledger for 26/12/2024; nothing was added."


def test_remind_tells_the_same_beside_a_demo_that_runs(demo):
    before = said("remind", "--on", THURSDAY)
    said("remind")
    deliver_waiting(now=clock.now(), limit=2000, by=("in_app",))
    with nothing_changes():
        assert said("remind", "--on", THURSDAY) == before


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


def test_rehearse_tells_every_rung_of_notice_369_and_writes_nothing(demo):
    with nothing_changes():
        lines = said("rehearse", "--from", "2024-12-01", "--to", "2025-01-31", "--notice", "369/TB-VPCP")
    lead = [line.split("  ")[:2] for line in lines if "  Ministry of Public Security  due 31/12/2024  " in line]
    assert sorted({(day, rung) for day, rung in lead}, key=lambda step: int(step[1])) == [
        ("10/12/2024", "-15"),
        ("20/12/2024", "-7"),
        ("26/12/2024", "-3"),
        ("30/12/2024", "-1"),
        ("31/12/2024", "0"),
        ("02/01/2025", "+1"),
        ("06/01/2025", "+3"),
        ("10/01/2025", "+7"),
        ("22/01/2025", "+15"),
    ]


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

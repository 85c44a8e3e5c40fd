"""The commands of the ladder on the loaded demo: remind plans, rehearse only tells."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from directives.models import Delivery, Reminder
from tests.actions.conftest import nothing_changes
from tests.make import at

THURSDAY = "2024-12-26"


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


def test_remind_prints_the_rung_of_notice_369_and_run_twice_adds_nothing(demo):
    lines = said("remind", "--on", THURSDAY, "--notice", "369/TB-VPCP")
    mine = [line for line in lines if line.startswith("26/12/2024  -3  369/TB-VPCP  Ministry of Public Security")]
    assert any(line.endswith("Planned (E-mail)") for line in mine)
    with nothing_changes():
        again = said("remind", "--on", THURSDAY, "--notice", "369/TB-VPCP")
    assert again[0] == "0 newly planned on 26/12/2024."
    known = [line for line in again if "  -3  369/TB-VPCP  Ministry of Public Security" in line]
    assert sorted(known) == sorted(mine)


def test_remind_without_a_notice_runs_the_whole_round(demo):
    said("remind", "--on", THURSDAY)
    assert Reminder.objects.filter(rung=-3, planned_on=date(2024, 12, 26), state="planned").exists()
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

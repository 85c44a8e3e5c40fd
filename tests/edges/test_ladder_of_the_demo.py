"""The commands of the ladder on the loaded demo."""

import pytest

from tests.actions.conftest import nothing_changes
from tests.edges.test_ladder_commands import THURSDAY, said
from tracker import clock
from tracker.delivery.deliver import deliver_waiting

# One process loads the demo once for all of them.
pytestmark = pytest.mark.xdist_group("demo")


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

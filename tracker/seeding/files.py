"""Where the seeds lie, and the dates that they leave open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from directives.rules.working_days import Calendar

DOMAIN = "dondoc.example"
SEEDS = Path(settings.BASE_DIR) / "seeds"


def read(name: str) -> dict[str, Any]:
    """The JSON file `name` of the seeds."""
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


def with_dates(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The row with dates in place of the ISO dates that it holds under `names`."""
    return {name: date.fromisoformat(value) if name in names else value for name, value in row.items()}


class WrittenDay(date):
    """A date that a text of the seeds can ask for in words: `{due:long}`, and `{met:Long}` to begin a sentence."""

    def __format__(self, form: str) -> str:
        if form not in ("long", "Long"):
            return super().__format__(form or "%d/%m/%Y")
        # Days below ten and the first two months carry a leading 0 (Decree 30/2020/NĐ-CP, annex I).
        month = f"{self.month:02d}" if self.month < 3 else str(self.month)
        return f"{'Ngày' if form == 'Long' else 'ngày'} {self.day:02d} tháng {month} năm {self.year}"


@dataclass(frozen=True)
class Days:
    """Turns what the seeds say into dates: an ISO date stands, a number counts working days from `today`."""

    today: date
    calendar: Calendar

    def of(self, said: str | int) -> WrittenDay:
        """The date meant by `said`."""
        day = date.fromisoformat(said) if isinstance(said, str) else self.calendar.shift(self.today, said)
        return WrittenDay(day.year, day.month, day.day)

    def fill(self, text: str, dates: Mapping[str, str | int]) -> str:
        """`text` with its `{name:long}` places filled from `dates`."""
        return text.format_map({name: self.of(said) for name, said in dates.items()})

"""Keeps an exact copy of all that a key may see; plain Python. feed.md says how, and why this is exact.

python docs/keep_a_copy.py http://localhost:8000/api/v1 dd_...
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

START_OVER = 410  # HTTP: the copy is of another time; a snapshot is needed
KINDS = ("committee", "agency", "notice", "directive", "assignment")


class Copy:
    """`rows` by kind and id, as the server told them; `days` are what standings are counted from."""

    def __init__(self, root: str, key: str, *, language: str = "vi", open_with: Callable[..., Any] = urlopen) -> None:
        self.root, self.open = root, open_with
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
        self.epoch, self.after = "", 0
        self.rows: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self.days = {"today": "", "soon_until": ""}

    def follow(self, *, wait: int = 0, limit: int = 1000) -> int:
        """Take over what changed since; how many changes. Keep `epoch`, `after` and `rows` together, or begin anew."""
        taken = 0
        while self.epoch:
            asked = f"epoch={self.epoch}&after={self.after}&limit={limit}&wait={0 if taken else wait}"
            try:
                with self._ask(f"/changes/?{asked}") as answer:
                    page = json.load(answer)
            except HTTPError as refusal:
                if refusal.code != START_OVER:
                    raise
                break
            for change in page["changes"]:
                self._take(change)
            taken, self.after, self.days = taken + len(page["changes"]), page["after"], page
            if not page["more"]:
                return taken
        self._begin()
        return taken + self.follow(limit=limit)

    def _take(self, change: dict[str, Any]) -> None:
        if "row" in change:
            self.rows[change["type"]][change["id"]] = change["row"]
        elif change.get("gone"):
            self.rows[change["type"]].pop(change["id"], None)
        # Else the same row comes once more on this page.

    def _begin(self) -> None:
        rows: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        with self._ask("/snapshot/") as lines:
            head, *told = map(json.loads, lines)
        if not told or not told.pop().get("end"):
            raise ConnectionError("The snapshot was cut off.")
        for line in told:
            rows[line["type"]][line["row"]["id"]] = line["row"]
        self.epoch, self.after, self.days, self.rows = head["epoch"], head["after"], head, rows

    def _ask(self, address: str) -> Any:
        return self.open(Request(self.root + address, headers=self.headers), timeout=60)

    def standing(self, row: dict[str, Any]) -> str:
        """How an assignment stands with its date today: what changes at midnight is in no change."""
        state, due = row["state"], row["due_on"]
        if state in ("declined", "withdrawn", "reassigned"):
            return "outside"
        if state in ("suspended", "handed_in"):
            return "waiting" if state == "handed_in" else "suspended"
        if due is None:
            return "undated"
        if state == "done":
            return (
                "done_late" if due < (row["done_on"] or row["handed_in_on"] or self.days["today"]) else "done_on_time"
            )
        if due < self.days["today"]:
            return "overdue"
        return "due_soon" if due <= self.days["soon_until"] else "on_track"


if __name__ == "__main__":
    copy = Copy(*sys.argv[1:3])
    while True:
        if taken := copy.follow(wait=30):
            print(taken, "changes;", {kind: len(rows) for kind, rows in copy.rows.items()}, flush=True)
        else:
            time.sleep(1)  # where too many wait already, the answer comes at once

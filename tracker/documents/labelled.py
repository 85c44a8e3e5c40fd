"""Labelled notices: documents in which people marked the directives, to measure the reader with.

A fixed part of them is kept aside: the rules are written without a look at it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from directives.rules.notice_proposals import Proposal, read_notice
from directives.rules.reading.register import Register

KEPT_ASIDE = 12  # documents


class Part(StrEnum):
    """Which documents of a folder: those that rules are built with, those kept aside, or both."""

    BUILDING = "building"
    ASIDE = "aside"
    ALL = "all"


@dataclass(frozen=True)
class Labelled:
    """A labelled notice: its name, text and day of issue; `path` of its file."""

    name: str
    path: Path
    text: str
    issued_on: date | None


def labelled_in(folder: Path, part: Part) -> list[Labelled]:
    """The documents of `part` of `folder` by name. Raises OSError, and ValueError for a file that is none."""
    return [_labelled(path) for path in sorted(_chosen(folder, part))]


def predicted(
    documents: Iterable[Labelled], register: Register, *, only_sure: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """What is proposed for each document, or of that what is called sure, in the form that the scorer takes."""
    return {
        each.name: [
            _prediction(proposal)
            for proposal in read_notice(each.text, each.issued_on, register).directives
            if proposal.is_sure or not only_sure
        ]
        for each in documents
    }


def _chosen(folder: Path, part: Part) -> list[Path]:
    """By a hash of their name: the same documents everywhere, whatever they say."""
    paths = sorted(folder.glob("*.json"), key=lambda path: sha256(path.stem.encode()).hexdigest())
    return {Part.ASIDE: paths[:KEPT_ASIDE], Part.BUILDING: paths[KEPT_ASIDE:], Part.ALL: paths}[part]


def _labelled(path: Path) -> Labelled:
    document = json.loads(path.read_text(encoding="utf-8"))
    issued_on = document.get("issued_on")
    return Labelled(path.stem, path, document["text"], date.fromisoformat(issued_on) if issued_on else None)


def _prediction(proposal: Proposal) -> dict[str, Any]:
    due_on = proposal.deadline.due_on
    return {
        "text": proposal.quote,
        "lead": [each.name for each in proposal.leads],
        "coordinating": [each.name for each in proposal.coordinating],
        "due": due_on.isoformat() if due_on else None,
    }

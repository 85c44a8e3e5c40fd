"""Measure the reader of notices on a folder of labelled documents, with the scorer that lies beside the folder."""

import json
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracker.documents.labelled import Labelled, Part, labelled_in, predicted
from tracker.documents.register import register_of_the_database, register_of_the_seeds

EVERY_MISS = 100_000


class Command(BaseCommand):
    help = "Read the labelled notices of a folder and print the figures of score.py, which lies beside the folder."

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="labelled documents as .json files")
        parser.add_argument(
            "--predictions", type=Path, help="write the proposals here, in the form that score.py takes"
        )
        parser.add_argument("--part", type=Part, choices=list(Part), default=Part.ALL, help="building, aside or all")
        parser.add_argument("--misses", type=int, default=0, help="how many misses to print")
        parser.add_argument(
            "--sure", action="store_true", help="say also how many of the proposals that are called sure are wrong"
        )
        parser.add_argument("--scorer", type=Path, help="another score.py")
        parser.add_argument(
            "--database", action="store_true", help="know the agencies of the database, not of the seeds"
        )

    def handle(
        self, *, folder: Path, predictions: Path | None, part: Part, misses: int, sure: bool,
        scorer: Path | None, database: bool,
        **options: Any,
    ) -> None:  # fmt: skip
        try:
            documents = labelled_in(folder, part)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(_("The folder cannot be read: %(why)s") % {"why": error}) from None
        if not documents:
            raise CommandError(_("There is no labelled document in %(folder)s.") % {"folder": folder})
        register = register_of_the_database() if database else register_of_the_seeds()
        proposals = json.dumps(predicted(documents, register), ensure_ascii=False, indent=1)
        if predictions:
            predictions.write_text(proposals, encoding="utf-8")
        scorer = scorer or folder.resolve().parent / "score.py"
        self.stdout.write(_scored(scorer, documents, proposals, misses))
        if sure:
            called = predicted(documents, register, only_sure=True)
            told = _scored(scorer, documents, json.dumps(called, ensure_ascii=False), EVERY_MISS)
            self.stdout.write(_sureness(sum(map(len, called.values())), told))


def _sureness(n_sure: int, told: str) -> str:
    """What share of the proposals that are called sure the scorer calls wrong; `told` is what it says of them."""
    misses = [line.split(" | ") for line in told.splitlines() if line.startswith("  | ")]
    wrong = {(miss[1], miss[-1]) for miss in misses if miss[2] in ("LEAD", "COORD", "DUE")}
    none = sum(miss[2] == "FALSE" for miss in misses)
    of = max(n_sure, 1)
    return (
        f"called sure: {n_sure}; wrong in lead, coordinating or due date: {len(wrong)} ({len(wrong) / of:.1%}); "
        f"no directive: {none} ({none / of:.1%})"
    )


def _scored(scorer: Path, documents: list[Labelled], proposals: str, misses: int) -> str:
    """What the scorer prints. It takes a whole folder, so the chosen documents are copied into one."""
    if not scorer.is_file():
        raise CommandError(_("There is no scorer at %(path)s.") % {"path": scorer})
    with TemporaryDirectory() as name:
        gold = Path(name) / "gold"
        gold.mkdir()
        for document in documents:
            shutil.copy(document.path, gold)
        (Path(name) / "proposals.json").write_text(proposals, encoding="utf-8")
        words = [sys.executable, str(scorer), f"{name}/proposals.json", str(gold), "--misses", str(misses)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - a script that is named
    if done.returncode:
        raise CommandError(done.stderr.strip())
    return done.stdout

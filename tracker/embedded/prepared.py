"""Whether a demo was prepared by the code that is here now, so that it can start without doing it again.

What was prepared says itself by which code: the collected files in a file beside them, the database in a comment on
its table of migrations. Each is written last, so that whoever is killed before leaves nothing that is taken for whole.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tracker.embedded.places import PROJECT

READ = ("accounts", "directives", "tracker", "templates", "seeds", "manage.py", "requirements.txt")
COLLECTED = PROJECT / "staticfiles"
RECORD = ".prepared-by"
BEGINNING = 11  # characters of a key that are no secret: "dd_" and eight more
# What the database holds of all that the preparations leave there. Who empties it leaves its tables and their comments.
WHAT_IS_THERE = """
SELECT obj_description('django_migrations'::regclass),
    (SELECT string_agg(app || '.' || name, ' ' ORDER BY app, name) FROM django_migrations),
    (SELECT count(*) FROM accounts_user WHERE email = ANY(%s)),
    (SELECT count(*) FROM directives_notice WHERE external_ref = ANY(%s)),
    (SELECT count(*) FROM accounts_apikey
        WHERE 'dd_' || prefix = ANY(%s) AND revoked_at IS NULL AND expires_at > now())
"""


@dataclass(frozen=True)
class Preparations:
    """What is to be found of earlier preparations for the demo whose passwords and keys stand in the file `note`."""

    note: Path
    database: str  # its address
    code: str

    def are_whole(self) -> bool:
        """Whether files and database are as the code that is here now would leave them."""
        return self.files_are_whole() and self._database_is_loaded()

    def files_are_whole(self) -> bool:
        """Whether the checkout's files are as this code would leave them, whoever's data they were made beside."""
        return self._words_are_compiled() and self._files_are_collected()

    def forget_files(self) -> None:
        """Say of the collected files that they are being made."""
        (COLLECTED / RECORD).unlink(missing_ok=True)

    def record(self) -> None:
        """Say by which code all was prepared. Raises nothing: without a record the next start prepares anew."""
        with suppress(OSError):
            COLLECTED.mkdir(exist_ok=True)
            (COLLECTED / RECORD).write_text(self.code)
        with suppress(psycopg.Error), psycopg.connect(self.database, autocommit=True) as owner:
            _, migrations, *_counts = self._ask(owner)
            said = sql.Literal(self._of_database(migrations))
            owner.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(said))

    def _words_are_compiled(self) -> bool:
        texts = [path for folder in READ[:3] for path in (PROJECT / folder).glob("**/locale/*/LC_MESSAGES/*.po")]
        pairs = [(text, text.with_suffix(".mo")) for text in texts]
        return all(made.exists() and made.stat().st_mtime >= text.stat().st_mtime for text, made in pairs)

    def _files_are_collected(self) -> bool:
        record = COLLECTED / RECORD
        return record.exists() and record.read_text() == self.code

    def _database_is_loaded(self) -> bool:
        with suppress(psycopg.Error), psycopg.connect(self.database) as asking:
            said, migrations, users, notices, keys = self._ask(asking)
            there = (users, notices, keys) == (len(self._accounts()), len(_references()), len(self._keys()))
            return there and said == self._of_database(migrations)
        return False

    def _ask(self, connected: psycopg.Connection[Any]) -> Any:
        emails = [account["email"] for account in self._accounts()]
        begin = [key[:BEGINNING] for key in self._keys()]
        return connected.execute(WHAT_IS_THERE, [emails, _references(), begin]).fetchone()

    def _of_database(self, migrations: str) -> str:
        """The record of a database with these migrations, for this code, these passwords and these keys."""
        told = json.dumps([self.code, migrations, self._accounts(), self._keys()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def _accounts(self) -> list[dict[str, str]]:
        return list(self._told().get("accounts", []))

    def _keys(self) -> list[str]:
        return [key for name, key in sorted(self._told().items()) if name.endswith("api_key")]

    def _told(self) -> dict[str, Any]:
        with suppress(FileNotFoundError):
            return dict(json.loads(self.note.read_text()))
        return {}


def code() -> str:
    """What tells this code with its seeds and its libraries from any other."""
    around = [sys.version, os.environ.get("STATIC_HASHED", ""), *_libraries()]
    digest = hashlib.sha256("\n".join(around).encode())
    for path in _sources():
        content = path.read_bytes()
        digest.update(f"{path.relative_to(PROJECT)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Names with versions, as the installer wrote them."""
    places = {Path(place) for place in sys.path if place.endswith("site-packages")}
    return sorted({found.name for place in places for found in place.glob("*.dist-info")})


def _sources() -> Iterator[Path]:
    for name in READ:
        place = PROJECT / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            # What is made from the rest is none of it, nor what lies there by another name while it is made.
            if "__pycache__" not in path.parts and ".mo" not in path.suffixes and path.is_file():
                yield path


def _references() -> list[str]:
    """How the notices of the seeds are called in the database."""
    notices = (PROJECT / "seeds/demo").glob("notice_*.json")
    return [json.loads(path.read_text())["ref"] for path in notices]

"""What a management command needs around it: servers, a role in the database, a secret key."""

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tracker.embedded.places import var_folder
from tracker.embedded.servers import servers_for_a_command

# These change the schema or the whole database, which only the owner may.
OF_THE_OWNER = frozenset({"migrate", "showmigrations", "sqlmigrate", "flush", "dbshell"})
# These never open the database, so nothing is started for them.
WITHOUT_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "compile_messages",
        "diffsettings",
        "findstatic",
        "help",
        "make_messages",
        "print_states",
        "version",
    }
)
# Asked like this, these do not open it either.
WITHOUT_DATABASE_WHEN = {"import_notice": "--json"}
# Only asked like this, these open it.
WITH_DATABASE_WHEN = {"read_notice": "--database", "evaluate_reading": "--database"}
NO_SERVERS = {"DATABASE_URL": "postgres:///dondoc", "REDIS_URL": "redis:///0"}


@contextmanager
def environment_for(words: Sequence[str]) -> Iterator[dict[str, str]]:
    """The environment variables that the command in `words` needs beyond, or instead of, those that are set."""
    variables = _of_the_owner() if words[:1] and words[0] in OF_THE_OWNER else {}
    if "DATABASE_URL" in {**os.environ, **variables} or "DATABASE_URL_FILE" in os.environ:
        yield variables
    elif _needs_no_database(words):
        yield {"SECRET_KEY": secrets.token_urlsafe(50), **NO_SERVERS, **variables, **_set(os.environ)}
    else:
        with servers_for_a_command(var_folder()) as addresses:
            yield {"SECRET_KEY": secret_key(var_folder()), "DEMO": "1", **variables, **_set(os.environ), **addresses}


def _needs_no_database(words: Sequence[str]) -> bool:
    if not words or words[0] in WITHOUT_DATABASE or {"--help", "-h", "--version"} & set(words):
        return True
    if words[0] in WITH_DATABASE_WHEN:
        return WITH_DATABASE_WHEN[words[0]] not in words
    return WITHOUT_DATABASE_WHEN.get(words[0]) in words


def _of_the_owner() -> dict[str, str]:
    """What makes a command act as the owner: no role, and the owner's own address where one is given."""
    file = os.environ.get("DATABASE_OWNER_URL_FILE")
    address = Path(file).read_text().strip() if file else os.environ.get("DATABASE_OWNER_URL")
    return {"DATABASE_ROLE": "", **({"DATABASE_URL": address, "DATABASE_URL_FILE": ""} if address else {})}


def secret_key(var: Path) -> str:
    """The key of this VAR: made once, readable by its owner only."""
    path = var / "secret_key"
    if not path.exists():
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _set(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[name] for name in ("SECRET_KEY", "DEMO", "REDIS_URL") if name in environment}

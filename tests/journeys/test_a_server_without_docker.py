"""What docker-compose.yml starts, started without Docker: its own commands, variables, secrets and health checks.

Only what a container would bring is put in place of it: where the secrets lie, and where PostgreSQL, the queue and the
pages answer.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import yaml

from tests.neighbours import until
from tests.postbox import free_port
from tracker.embedded import processes
from tracker.embedded.account import servers_account
from tracker.embedded.binaries import postgres_programs
from tracker.embedded.places import PROJECT
from tracker.embedded.servers import Servers, throw_away_servers

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
PASSWORD = "Mật-khẩu-2026"


@dataclass(frozen=True)
class Machine:
    """One machine with its servers, its secrets and the port of its pages."""

    folder: Path
    servers: Servers
    port: int

    def environment(self, service: str) -> dict[str, str]:
        """What compose and the image put into the environment of a service."""
        lines = (PROJECT / ".env.example").read_text().splitlines()
        told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        told |= {name: self.here(value) for name, value in SERVICES[service].get("environment", {}).items()}
        bin_folders = [Path(sys.executable).parent, postgres_programs(servers_account(), self.servers.folder)]
        path = ":".join([*map(str, bin_folders), os.environ["PATH"]])
        return {"PATH": path, "VAR": str(self.folder), "HOSTNAME": "one", **told}

    def here(self, words: str) -> str:
        """Words of the file with the places of this machine."""
        words = words.replace("/run/secrets", str(self.folder / "secrets")).replace("$$", "$")
        words = words.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}")
        words = words.replace("localhost:8000", f"localhost:{self.port}")
        return words.replace("redis://redis:6379/0", self.servers.environment["REDIS_URL"])

    def run(self, service: str, *words: str) -> int:
        """Run a command in the place of a service; its exit status."""
        told = subprocess.run(words, cwd=PROJECT, env=self.environment(service), capture_output=True, text=True)
        print(told.stdout, told.stderr)
        return told.returncode

    def is_healthy(self, service: str) -> bool:
        kind, *words = SERVICES[service]["healthcheck"]["test"]
        words = [self.here(word) for word in words]
        return self.run(service, *(words if kind == "CMD" else ["sh", "-c", *words])) == 0


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with throw_away_servers() as servers:
        machine = Machine(tmp_path, servers, free_port())
        host = quote(str(servers.folder), safe="")
        secrets = {
            "secret_key": "only-for-this-test-and-long-enough-to-be-one-0123456789",
            "database_owner_password": PASSWORD,
            "database_password": PASSWORD,
            "database_owner_url": f"postgres://dondoc_owner:{quote(PASSWORD)}@{host}/dondoc",
            "database_url": f"postgres://dondoc_app:{quote(PASSWORD)}@{host}/dondoc",
            "email_url": "smtp://127.0.0.1:9",
        }
        assert secrets.keys() == COMPOSE["secrets"].keys()
        (tmp_path / "secrets").mkdir()
        for name, secret in secrets.items():
            (tmp_path / "secrets" / name).write_text(f"{secret}\n")
        _begin_database(machine)
        yield machine


def _begin_database(machine: Machine) -> None:
    """As the image of PostgreSQL does: a superuser of the name given, its database, and then the script."""
    with psycopg.connect(machine.servers.environment["DATABASE_URL"], autocommit=True) as server:
        server.execute("CREATE ROLE dondoc_owner SUPERUSER LOGIN")
        server.execute("ALTER DATABASE dondoc OWNER TO dondoc_owner")
    script = machine.here(COMPOSE["configs"]["application_role"]["content"])
    environment = {**machine.environment("postgres"), "PGHOST": str(machine.servers.folder)}
    subprocess.run(["bash", "-e", "-c", script], env=environment, check=True)


def test_the_commands_of_compose_serve_with_its_secrets_and_say_that_they_are_healthy(machine):
    assert machine.run("migrate", *shlex.split(SERVICES["migrate"]["command"])) == 0
    assert machine.run("web", "python", "manage.py", "load_seeds", "--reference-only") == 0
    with ExitStack() as running:
        for service in ("web", "worker", "beat"):
            command = [machine.here(word) for word in shlex.split(SERVICES[service]["command"])]
            command += ["--hostname", "celery@one"] if service == "worker" else []
            child = processes.start(
                service, command, folder=machine.folder, environment=machine.environment(service), within=PROJECT
            )
            running.callback(child.stop)
        for service in ("web", "worker", "beat"):
            until(lambda service=service: machine.is_healthy(service))
        # Only who is at work has a connection: each tick opens one.
        until(lambda: _users_of_the_database(machine) == {"dondoc_app"})


def _users_of_the_database(machine: Machine) -> set[str]:
    with psycopg.connect(machine.servers.environment["DATABASE_URL"]) as server:
        rows = server.execute(
            "SELECT usename FROM pg_stat_activity WHERE datname = 'dondoc' AND pid <> pg_backend_pid()"
        )
        return {name for (name,) in rows}

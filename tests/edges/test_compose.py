"""The server of one machine: compose runs the programs that the demo starts, with the same arguments."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tracker.database_role import ROLE
from tracker.embedded import programs
from tracker.embedded.places import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
INSIDE = "0.0.0.0:8000"
APPLICATION = ["web", "worker", "beat", "migrate"]
HEALTHY, COMPLETED = {"condition": "service_healthy"}, {"condition": "service_completed_successfully"}


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("web", programs.web(INSIDE)),
        ("worker", programs.worker("general")),
        ("sender", programs.worker("sending")),
        ("beat", programs.beat()),
        ("migrate", ["python", *programs.migrate()]),
    ],
)
def test_compose_runs_what_the_demo_runs(service, command):
    assert shlex.split(SERVICES[service]["command"]) == command


def test_the_image_serves_pages_where_no_command_is_given():
    last = (PROJECT / "Dockerfile").read_text().splitlines()[-1]
    assert json.loads(last.removeprefix("CMD ")) == programs.web(INSIDE)


def test_the_image_does_not_run_as_root():
    assert "USER dondoc" in (PROJECT / "Dockerfile").read_text().splitlines()


@pytest.mark.parametrize("service", sorted(SERVICES.keys() - {"migrate"}))
def test_every_lasting_service_tells_its_health_and_comes_back(service):
    assert SERVICES[service]["healthcheck"]["test"]
    assert SERVICES[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "sender", "beat"])
def test_the_application_starts_after_the_migration_and_never_as_the_owner(service):
    assert SERVICES[service]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert "database_owner_url" not in SERVICES[service]["secrets"]


def test_every_secret_comes_from_a_file_and_none_stands_in_the_text():
    assert all(Path(secret["file"]).parent == Path("secrets") for secret in COMPOSE["secrets"].values())
    named = {variable for service in SERVICES.values() for variable in service.get("environment", {})}
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "POSTGRES_PASSWORD"} & named == set()


@pytest.mark.parametrize("service", ["postgres", "redis", "web", "worker", "sender"])
def test_what_must_last_lies_on_a_volume(service):
    assert {volume.partition(":")[0] for volume in SERVICES[service]["volumes"]} <= COMPOSE["volumes"].keys()


def test_the_file_has_the_form_that_compose_reads_and_a_wrong_word_would_be_found(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text((PROJECT / "docker-compose.yml").read_text().replace("healthcheck:", "health_check:"))
    assert [_has_its_form(path) for path in (PROJECT / "docker-compose.yml", wrong)] == [True, False]


def _has_its_form(path: Path) -> bool:
    """Whether the specification's own schema accepts the file."""
    check = [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", path]
    return subprocess.run(check, capture_output=True).returncode == 0


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_names_is_there(service):
    named = SERVICES[service]
    assert set(named.get("secrets", [])) <= COMPOSE["secrets"].keys()
    assert {config["source"] for config in named.get("configs", [])} <= COMPOSE["configs"].keys()
    files = {name: value for name, value in named.get("environment", {}).items() if name.endswith("_FILE")}
    assert {Path(path).parent for path in files.values()} <= {Path("/run/secrets")}
    assert {Path(path).name for path in files.values()} <= set(named.get("secrets", []))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_waits_only_for_what_will_come(service):
    for other, condition in SERVICES[service].get("depends_on", {}).items():
        assert condition == (COMPLETED if SERVICES[other]["restart"] == "no" else HEALTHY)
        assert condition == COMPLETED or SERVICES[other]["healthcheck"]


def test_nothing_is_filled_in_by_the_shell_that_calls_compose():
    """A dollar that stands alone would be: passwords and settings come from files."""
    text = (PROJECT / "docker-compose.yml").read_text()
    assert re.findall(r"(?<!\$)(?:\$\$)*\$(?!\$)", text) == []


def test_the_role_that_compose_makes_is_the_one_that_migrations_give_rights_to():
    assert f"CREATE ROLE {ROLE} LOGIN" in COMPOSE["configs"]["application_role"]["content"]
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] != ROLE


@pytest.mark.parametrize("service", APPLICATION)
def test_the_application_writes_only_where_it_may(service):
    named = SERVICES[service]
    assert named["read_only"] is True
    assert named["cap_drop"] == ["ALL"]
    [(_name, _, inside)] = [volume.partition(":") for volume in named["volumes"]]
    assert f"VAR={inside}" in (PROJECT / "Dockerfile").read_text()


def test_only_the_pages_are_reached_from_outside_and_only_from_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_the_image_holds_all_that_is_there_to_be_run():
    copied = [line.split()[1] for line in (PROJECT / "Dockerfile").read_text().splitlines() if line.startswith("COPY ")]
    assert set(copied) - {"--from=installed"} == {
        "requirements.txt",
        "accounts",
        "directives",
        "tracker",
        "templates",
        "seeds",
        "manage.py",
    }
    assert all((PROJECT / name).exists() for name in copied if not name.startswith("--"))

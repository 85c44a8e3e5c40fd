"""The server of one machine: compose runs the programs that the demo starts, with the same arguments."""

import json
import shlex
from pathlib import Path

import pytest
import yaml

from tracker.embedded import programs
from tracker.embedded.places import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
INSIDE = "0.0.0.0:8000"


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

"""Every check and every test; what cannot be had on this machine is named in capitals at the end."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.office import SOFFICE
from tracker.documents import scanned

CHROMIUM = Path("/usr/bin/chromium")
# Debian's package -> what it brings.
PROGRAMS = {
    "chromium": CHROMIUM,
    "poppler-utils": Path("/usr/bin/pdftoppm"),
    "tesseract-ocr": Path("/usr/bin/tesseract"),
    "tesseract-ocr-vie": Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata"),
    "libreoffice-writer-nogui": Path("/usr/lib/libreoffice/program/libswlo.so"),
    "libreoffice-calc-nogui": Path("/usr/lib/libreoffice/program/libsclo.so"),
}
BIN = Path(sys.executable).parent
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "imports": ["lint-imports", "--no-cache"],
    "types": ["mypy"],
    "templates": ["djlint", "--lint", "--quiet", "templates", "tracker"],
    "translations": ["python", "manage.py", "make_messages", "--check"],
    "schema": ["python", "manage.py", "write_openapi", "--check"],
    "deployment": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    # The form of docker-compose.yml, which needs no Docker; where that is here it reads the file as well.
    "compose form": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    "tests": ["python", "-m", "pytest", "-n", "2", "--dist", "loadgroup"],
}
# Tools that read the settings get some; nothing listens there.
SETTINGS = {
    "SECRET_KEY": "only-for-checks-and-long-enough-for-the-check-of-a-deployment-0123456789",
    "DATABASE_URL": "postgres:///dondoc",
    "REDIS_URL": "redis://localhost/0",
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
}
COMPOSE = ["docker", "compose", "config", "--quiet"]


def main() -> int:
    """Run all; the exit status is 1 when anything failed."""
    absent = [*_install_programs(), *_absent_compose()]
    checks = {**CHECKS, **({} if _absent_compose() else {"compose": COMPOSE})}
    failed = [name for name, command in checks.items() if not _passes(name, command)]
    for sentence in absent:
        print(f"\n{sentence.upper()}")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nEverything passed.")
    return bool(failed)


def _passes(name: str, command: list[str]) -> bool:
    print(f"\n=== {name}: {' '.join(command)}", flush=True)
    started = time.monotonic()
    program = BIN / command[0] if command[0] != "docker" else command[0]
    status = subprocess.run([program, *command[1:]], env=_environment(name), check=False).returncode
    print(f"--- {name}: {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return status == 0


def _environment(name: str) -> Mapping[str, str]:
    """The tests start their own servers, or use the ones that the environment names."""
    return os.environ if name == "tests" else {**os.environ, **SETTINGS}


def _absent_compose() -> list[str]:
    there = (
        shutil.which("docker")
        and subprocess.run([*COMPOSE[:2], "version"], capture_output=True, check=False).returncode == 0
    )
    return [] if there else ["Docker Compose is not on this machine: `docker compose config` was not run."]


def _install_programs() -> list[str]:
    """Debian's Chromium, LibreOffice and text recognition where they may be installed; else what is not tested."""
    wanted = [package for package, path in PROGRAMS.items() if not path.exists()]
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing for the tests: {', '.join(wanted)} ...", flush=True)
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            "check": False,
        }
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-qq", "--no-install-recommends", *wanted, "fonts-dejavu-core"], **quiet)
    absent = [] if CHROMIUM.exists() else ["Chromium is not on this machine: no test in a browser was run."]
    if not SOFFICE.exists():
        absent.append("LibreOffice is not on this machine: no office file was opened by another program.")
    lacking = scanned.missing()
    return [*absent, *([f"{', '.join(lacking)} not on this machine: no scan was read."] if lacking else [])]


if __name__ == "__main__":
    sys.exit(main())

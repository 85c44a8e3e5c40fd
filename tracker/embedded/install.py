"""Makes the project's virtual environment: with uv where it can be had, which takes seconds, else with pip.

Runs on a bare Python before anything is installed; it reads the machine's own pip configuration and names no registry.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

# pip's settings and the variables by which uv knows the same.
SAME_IN_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
BETWEEN = {"UV_INDEX": " ", "UV_FIND_LINKS": ","}
PROJECT = Path(__file__).resolve().parents[2]


def main(folder: Path, requirements: Path) -> None:
    """Make `folder` a virtual environment that holds exactly what `requirements` pins."""
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    if not _with_uv(python, requirements):
        _pip(python, "install", "--require-hashes", "-r", requirements, check=True)


def _with_uv(python: Path, requirements: Path) -> bool:
    """Whether uv could be had and has installed everything."""
    pin = python.parents[1] / "uv.txt"
    pin.write_text(_pin_of_uv())
    if _pip(python, "install", "--require-hashes", "-r", pin, check=False).returncode:
        return False
    command: list[str | Path] = [
        python.with_name("uv"),
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--require-hashes",
    ]
    told = subprocess.run([*command, "-r", requirements], env={**_uv_variables(python), **os.environ}, check=False)
    return told.returncode == 0


def _pin_of_uv() -> str:
    """The lines about uv among the pinned requirements."""
    _, found, rest = (PROJECT / "requirements-dev.txt").read_text().partition("\nuv==")
    return found + re.split(r"\n(?!    )", rest)[0]


def _pip(python: Path, *words: str | Path, check: bool) -> "subprocess.CompletedProcess[bytes]":
    command: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "-qq", *words]
    return subprocess.run(command, check=check, stderr=None if check else subprocess.DEVNULL)


def _uv_variables(python: Path) -> dict[str, str]:
    """pip's configuration of this machine, in the words of uv, which does not read it."""
    told = subprocess.run([python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    # As pip does: the pinned version from whichever index has it. The hashes say that it is the right one.
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in told.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = SAME_IN_UV.get(name.rpartition(".")[2])
        if variable:
            found[variable] = BETWEEN.get(variable, " ").join(ast.literal_eval(value).split())
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

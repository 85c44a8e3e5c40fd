"""LibreOffice for the tests: another program opens what the house writes, and says so where it cannot."""

import subprocess
from pathlib import Path

import pytest

SOFFICE = Path("/usr/bin/soffice")
SECONDS = 120


def as_pdfs(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """By name what LibreOffice makes of each of these .docx and .xlsx; a file that it cannot open is missing.

    All in one run, with a profile of its own in `folder`.
    """
    if not SOFFICE.exists():
        pytest.skip("LibreOffice is not on this machine: no office file was opened")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "made"]
    subprocess.run([*command, *(folder / name for name in files)], check=True, capture_output=True, timeout=SECONDS)
    made = {name: (folder / "made" / name).with_suffix(".pdf") for name in files}
    return {name: path.read_bytes() for name, path in made.items() if path.exists()}

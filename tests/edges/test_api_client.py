"""A typed client is made from the document, and a system is written with it: mypy accepts it, and the API does."""

import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from directives.actions.drafting import To
from directives.models import Role as Part
from docs.keep_a_copy import Copy
from tests.edges.by_chance import Heard, World, make_ready
from tests.edges.copies import number_all
from tests.edges.served import serving
from tests.make import make_agency, make_committee, make_issued, make_key, make_ladder

pytestmark = pytest.mark.django_db
BIN = Path(sys.executable).parent
DOCUMENT = Path(settings.BASE_DIR, "tracker/api/openapi.json")
SYSTEM = Path(settings.BASE_DIR, "tests/edges/a_system.py")
# A snapshot is a line for each row and no JSON as a whole: as plain text the generator knows it.
HOW = """\
project_name_override: dondoc-client
package_name_override: dondoc_client
post_hooks: []
content_type_overrides:
  application/x-ndjson: text/plain
"""
LATE = date(2025, 3, 14)


@pytest.fixture
def client_made(tmp_path: Path, monkeypatch) -> Path:
    """The folder in which the client lies; it is made anew each time and kept nowhere."""
    tmp_path.joinpath("how.yaml").write_text(HOW)
    command = ["openapi-python-client", "generate", "--path", DOCUMENT, "--config", tmp_path / "how.yaml"]
    to = ["--output-path", tmp_path / "dondoc_client", "--meta", "none"]
    made = subprocess.run(
        [BIN / command[0], *command[1:], *to], capture_output=True, text=True, timeout=120, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout, made.stdout
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_system_that_is_written_with_the_client_is_well_typed_and_works(client_made, settings):
    mypy = [BIN / "mypy", "--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={client_made}", SYSTEM]
    read = subprocess.run(mypy, cwd=client_made, capture_output=True, text=True, timeout=120, check=False)
    assert read.returncode == 0, read.stdout
    settings.ALLOWED_HOSTS = ["*"]
    make_ladder()
    agency, committee = make_agency(), make_committee()
    works = [make_issued(To(Part.LEAD, agency), committee=committee, due_on=LATE)[0] for _notice in range(2)]
    make_ready()
    number_all()
    key = make_key(agency, scopes=("read", "report"))[1]
    system = import_module("tests.edges.a_system")
    with serving(World(Heard(), keeps=True)) as address:
        copy = Copy(address, key)
        copy.follow()
        client = system.connected(address, key)
        late = list(system.overdue(client, at_once=1))
        told = system.report(client, late[0].id, "Đã kết nối 40 tỉnh", 60)
        number_all()
        changed = list(system.changed(client, copy.epoch, copy.after))
    assert [str(work.id) for work in late] == [str(work.uuid) for work in works]
    assert [(report.text, report.percent) for report in told.reports] == [("Đã kết nối 40 tỉnh", 60)]
    assert [(row.id, row.state.value) for row in changed] == [(late[0].id, "in_progress")]

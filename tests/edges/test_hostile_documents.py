"""Whatever is sent as a notice is refused with a sentence, in seconds, and in little memory; the honest one is read.

Each file is read as the worker does it: by a process of its own, of which the kernel says what it took.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_documents import HEAD, HOSTILE, MEGABYTE, docx, with_part

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of Linux"),
    pytest.mark.xdist_group("hostile documents"),
]
# The peak of a process counts what its parent held when it was started: so the reader's parent is a small one.
MEASURED = """
import json, os, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from directives.rules.refusals import Invalid
from tracker.documents.apart import text_apart

def read(name, path):
    with open(path, "rb") as file:
        content = file.read()
    try:
        said = len(text_apart(name, content, lambda page, of: True).text)
    except Invalid as refusal:
        said = str(refusal)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([said, taken.ru_utime + taken.ru_stime, taken.ru_maxrss / 1024]), flush=True)

for line in sys.stdin:
    if not (one := os.fork()):
        read(*json.loads(line))
        os._exit(0)
    os.waitpid(one, 0)
"""
SECONDS, MEGABYTES = 5, 150

RUN = (
    '<w:r w:rsidRPr="00D4"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
    '</w:rPr><w:t xml:space="preserve">Bộ Nội vụ chủ trì, phối hợp với các bộ rà soát, </w:t></w:r>'
)
PARAGRAPH = f'<w:p w:rsidR="00A1" w:rsidP="00C3"><w:pPr><w:jc w:val="both"/></w:pPr>{RUN * 6}</w:p>'.encode()


class Reader:
    """A small process that has files read, one after the other, each by a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sent"
        self.program = subprocess.Popen(
            [sys.executable, "-c", MEASURED], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._least = 0.0
        self._least = self.read("a.txt", b"a")[2]

    def read(self, name: str, content: bytes) -> tuple[str | int, float, float]:
        """The sentence or how many letters there are, seconds of processor time, MB beyond what one letter takes."""
        self._path.write_bytes(content)
        print(json.dumps([name, str(self._path)]), file=self.program.stdin, flush=True)
        said, seconds, peak = json.loads(self.program.stdout.readline())
        return said, seconds, peak - self._least


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    made = Reader(tmp_path_factory.mktemp("hostile"))
    yield made
    made.program.communicate(timeout=10)
    assert made.program.returncode == 0


@pytest.mark.parametrize(("name", "made", "beginning"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_quickly_in_little_memory_and_with_a_sentence(reader, name, made, beginning):
    said, seconds, grown = reader.read(name, made())
    print(f"{said} {seconds:.1f} s, {grown:.0f} MB")
    assert str(said).startswith(beginning)
    assert seconds < SECONDS
    assert grown < MEGABYTES


def test_an_honest_document_of_three_hundred_pages_is_read(reader):
    said, _seconds, grown = reader.read("a.docx", docx(HEAD, PARAGRAPH, 5000))
    assert said == 5000 * (6 * 48 + 1) - 1
    assert grown < MEGABYTES


def test_many_pictures_take_no_memory(reader):
    said, _seconds, grown = reader.read("a.docx", with_part("word/media/image1.png", b"\0" * 60 * MEGABYTE))
    assert said == len("Một")
    assert grown < 20

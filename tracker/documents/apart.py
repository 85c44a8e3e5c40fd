"""A file is read in a process of its own: it may be killed, it may not take more memory or time than it is given.

What it says goes line by line to its parent as JSON: how many pages of how many, and at the end the text or a refusal.
"""

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents.reading import text_of

TIME_LIMIT = 90  # seconds
SCAN_SECONDS = 15  # more for each page that is recognised; it takes two or three
MEMORY_LIMIT = 1024 * 1024 * 1024  # bytes of address space, of each process that reads
# Seconds of processor time: to open the file and read its first page, and for each page more. A page takes some 0.05.
FIRST_SECONDS, PAGE_SECONDS = 3.5, 0.5
BREATH = 1  # seconds between two signs of life
TOO_SLOW = _(
    "Reading this file took longer than %(limit)s seconds and was broken off. Choose the .docx or paste its text."
)
TOO_HEAVY = _("This file cannot be read with the memory it may take. Choose another form of it, or paste its text.")
TOO_TANGLED = _(
    "This file is so tangled that reading it was broken off. Save it anew, choose the .docx, or paste its text."
)
ROOT = Path(__file__).resolve().parent.parent.parent
Alive = Callable[[int, int], bool]


@dataclass(frozen=True)
class Found:
    """The text of a file, and whether it was recognised from pictures."""

    text: str
    is_scan: bool


class GivenUp(Exception):
    """Whoever waits for the text does so no more."""


def text_apart(name: str, content: bytes, alive: Alive, *, limit: float = TIME_LIMIT) -> Found:
    """The text of the file called `name`, read within `limit` seconds, and SCAN_SECONDS more for each page of a scan.

    `alive` is told at least every second how many pages of how many are read, and says whether to go on. Raises
    Invalid('file') as `reading.text_of` does, or where time or memory run out, and GivenUp.
    """
    command = [sys.executable, "-m", "tracker.documents.apart", name]
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, cwd=ROOT, env=_environment())  # noqa: S603
    try:
        found = _listen(child, alive, limit)
    finally:
        child.kill()
        child.wait()
        cast("IO[bytes]", child.stdout).close()
    if found is None:
        raise Invalid("file", TOO_TANGLED if child.returncode == -signal.SIGPROF else TOO_HEAVY)
    if "refused" in found:
        sentence, params = found["refused"]
        raise Invalid("file", sentence, **params)
    return Found(found["text"], found["scan"])


def _listen(child: subprocess.Popen[bytes], alive: Alive, limit: float) -> dict[str, Any] | None:
    """The last word of the child, and whether it spoke of a scan; None where it ended without one."""
    began, read, told, scan = time.monotonic(), (0, 0), 0.0, False
    for line in _lines(child):
        now = time.monotonic()
        allowed = limit + scan * read[1] * SCAN_SECONDS
        if now - began > allowed:
            raise Invalid("file", TOO_SLOW, limit=round(allowed))
        word = json.loads(line) if line else {}
        if word and "page" not in word:
            return {**word, "scan": scan}
        read, scan = ((word["page"], word["of"]), word["scan"]) if word else (read, scan)
        if now - told >= BREATH:
            told = now
            if not alive(*read):
                raise GivenUp
    return None


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the child says line by line until it ends; an empty line whenever it says nothing for a breath."""
    pipe, said = cast("IO[bytes]", child.stdout), b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while True:
            if not waiting.select(BREATH):
                yield b""
                continue
            piece = os.read(pipe.fileno(), 1 << 16)
            *lines, said = (said + piece).split(b"\n")
            yield from (line or b"{}" for line in lines)
            if not piece:
                return
            if not lines:
                yield b""


def _environment() -> dict[str, str]:
    """Nothing of ours: whatever a file makes the child do, it knows no secret."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}


def main() -> None:
    """Read the file on standard input, called as the first argument says; tell on standard output."""
    settings.configure(USE_I18N=False)
    for what, most in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, TIME_LIMIT)):
        resource.setrlimit(what, (most, most))

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # where nobody listens any more, this ends
    try:
        _allow(FIRST_SECONDS)
        text = text_of(sys.argv[1], sys.stdin.buffer.read(), _tell_page)
    except Invalid as refusal:
        _tell(refused=[str(refusal.sentence), refusal.params])
    except MemoryError:
        sys.exit(1)
    else:
        _tell(text=text)


def _allow(seconds: float) -> None:
    """Let this process, but none that it starts, take so much more processor time; then the kernel ends it."""
    signal.setitimer(signal.ITIMER_PROF, signal.getitimer(signal.ITIMER_PROF)[0] + seconds)


def _tell_page(page: int, of: int, *, scan: bool = False) -> None:
    _allow(PAGE_SECONDS)
    _tell(page=page, of=of, scan=scan)


def _tell(**word: Any) -> None:
    print(json.dumps(word), flush=True)


if __name__ == "__main__":
    main()

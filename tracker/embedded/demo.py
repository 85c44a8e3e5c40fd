"""The demo: one command that starts everything, says where it is, and stops all of it again."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tracker.embedded import prepared, programs
from tracker.embedded.account import servers_account
from tracker.embedded.binaries import NoServer
from tracker.embedded.commands import secret_key
from tracker.embedded.holding import Holder, InUse, hold
from tracker.embedded.places import WrongPlace, servers_folder, var_folder
from tracker.embedded.postgres import ServerFailed
from tracker.embedded.prepared import Preparations
from tracker.embedded.servers import Servers, running
from tracker.embedded.supervisor import Failed, Stopped, Supervisor

HOST = "127.0.0.1"
PATIENCE = 120  # seconds until the pages answer
EXTERNAL = ("DATABASE_URL", "REDIS_URL")


class PortTaken(Exception):
    """Another program listens there already."""


def main() -> int:
    """Run the demo until Ctrl-C or SIGTERM; the exit status is 0 when it was asked to stop."""
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    try:
        demo(port(), stopping)
    except Stopped:
        print("Stopped before everything had started.")
    except (InUse, PortTaken, WrongPlace, NoServer, ServerFailed, Failed, ValueError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def port() -> int:
    """The port that PORT names. Raises `ValueError` when it is none."""
    told = os.environ.get("PORT") or "8000"
    if not (told.isdigit() and 0 < int(told) < 65536):
        raise ValueError(f"PORT must be a number from 1 to 65535, not {told!r}.")
    return int(told)


def demo(number: int, stopping: Event) -> None:
    """Start everything, then mend it until `stopping` is set."""
    var = var_folder()
    url = f"http://{HOST}:{number}"
    os.umask(0o077)  # what lies in VAR is for this account alone
    logs = _folder(var / "log")
    with hold(var, Holder("The demo", url)) as tell, ExitStack() as stack:
        supervisor = Supervisor(logs, {}, stopping)
        supervisor.stop_left_overs()
        door = stack.enter_context(_listening(number))
        servers, addresses = stack.enter_context(_servers(var))
        tell(Holder("The demo", url, addresses))
        post = stack.enter_context(_listening())
        supervisor.environment = _environment(var, url, addresses, post.getsockname()[1])
        stack.callback(supervisor.stop)
        _prepare(supervisor, Preparations(var / "demo.json", addresses["DATABASE_URL"], prepared.code()))
        supervisor.keep("web", programs.web(f"fd://{door.fileno()}"), door.fileno())
        sink = ["tracker.embedded.mail_sink", str(post.fileno()), str(_folder(var / "mail"))]
        supervisor.keep("mail", sink, post.fileno())
        supervisor.keep("worker", programs.worker())
        supervisor.keep("beat", programs.beat())
        _wait_for_pages(supervisor, url)
        print(told(_complete(var / "demo.json", url), var), flush=True)
        while not stopping.wait(1):
            for name in (servers.start_missing() if servers else []) + supervisor.mend():
                print(f"{name} had ended and runs again; see {logs}.", flush=True)
        print("Stopping.", flush=True)


def _prepare(supervisor: Supervisor, earlier: Preparations) -> None:
    """Bring database and files up to date, unless this very code has done so before."""
    if earlier.are_whole():
        return
    with_files = not earlier.files_are_whole()  # a demo with another VAR serves the same files
    if with_files:
        earlier.forget_files()
    first, second = programs.preparations(earlier.note, with_files=with_files)
    print("Bringing the database up to date ...", flush=True)
    supervisor.run(first)
    print("Loading the demo's notices through the actions ...", flush=True)
    supervisor.run(second)
    earlier.record()


def _environment(var: Path, url: str, addresses: dict[str, str], mail_port: int) -> dict[str, str]:
    return {
        **os.environ,
        **addresses,
        "DEMO": "1",
        "VAR": str(var),
        "SITE_URL": url,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(var),
        "EMAIL_URL": f"smtp://{HOST}:{mail_port}",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def _servers(var: Path) -> Iterator[tuple[Servers | None, dict[str, str]]]:
    """The servers that the environment names, else our own."""
    given = {name: os.environ[name] for name in EXTERNAL if os.environ.get(name)}
    if len(given) == len(EXTERNAL):
        yield None, given
    else:
        with running(servers_folder(var, servers_account()), durable=True) as servers:
            yield servers, {**servers.environment, **given}


@contextmanager
def _listening(number: int = 0) -> Iterator[socket.socket]:
    """A socket that listens at once, so that nobody else takes its port, and outlives the process behind it."""
    try:
        listening = socket.create_server((HOST, number), backlog=2048)
    except OSError as refusal:
        reason = os.strerror(refusal.errno or 0)
        raise PortTaken(
            f"Port {number} cannot be used ({reason}). PORT chooses another: make demo PORT=8001"
        ) from refusal
    with listening:
        listening.set_inheritable(True)
        yield listening


def _wait_for_pages(supervisor: Supervisor, url: str) -> None:
    """The door listens already: whoever knocks is answered as soon as somebody stands behind it."""
    patient_until = time.monotonic() + PATIENCE
    while time.monotonic() < patient_until:
        with suppress(URLError, OSError):
            urlopen(f"{url}/healthz", timeout=1).close()  # noqa: S310 -- the address is our own
            return
        if supervisor.stopping.wait(0.05):
            raise Stopped
        supervisor.mend()
    raise Failed(f"{url} does not answer; see {supervisor.folder}.")


def _complete(path: Path, url: str) -> dict[str, Any]:
    """Put the address into the file of accounts that the seeds wrote, whole or not at all."""
    facts = {"url": url, **{name: value for name, value in json.loads(path.read_text()).items() if name != "url"}}
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(facts, ensure_ascii=False, indent=2))
    unfinished.rename(path)
    return facts


def told(facts: dict[str, Any], var: Path) -> str:
    """What the person who started the demo reads."""
    rows = [(row["email"], row["password"], f"{row['role']}, {row['body']}") for row in facts["accounts"]]
    widths = [max(len(word) for word in column) for column in zip(*rows, strict=True)]
    table = "\n".join(
        "  " + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    return (
        f"\nĐôn đốc runs at {facts['url']}/\n\n{table}\n\n"
        f"  API key of the committee (KEY): {facts['api_key']}\n"
        f"  API key of Bộ Công an (AGENCY_KEY): {facts['agency_api_key']}; to try them: {facts['url']}/api/v1/docs/\n"
        f"  Mail that the demo sends: {facts['url']}/demo/mail/\n"
        f"  The same in {var}/demo.json; logs in {var}/log. Ctrl-C stops everything."
    )


def _folder(path: Path) -> Path:
    path.mkdir(exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main())

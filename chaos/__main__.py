"""`python -m chaos`: a storm over servers, workers and beats of its own, and the proof that nothing came of it."""

import argparse
import importlib
import os
import secrets
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import django

from chaos.storm import Storm
from tracker.embedded.account import servers_account
from tracker.embedded.places import throw_away_folder
from tracker.embedded.servers import running

MISTAKES = ("note-first", "never-stop")  # of `mistakes.py`
LONGEST = 420.0  # seconds of storm; with filling and draining within ten minutes


def main(words: list[str]) -> int:
    """The exit status is 1 when anything was lost, doubled or sent after it should have stopped."""
    asked = _parser().parse_args(words)
    storm = Storm(**{name: value for name, value in vars(asked).items() if name not in ("logs", "mistake")})
    print(f"Seed {storm.seed}: {storm.seconds:.0f} s, {storm.deliveries:,} messages, {storm.kills} kills.", flush=True)
    servers_in = throw_away_folder(servers_account())
    logs = asked.logs or Path(tempfile.mkdtemp(prefix="dondoc-chaos-"))
    logs.mkdir(parents=True, exist_ok=True)
    try:
        with running(servers_in, durable=True) as servers, socket.create_server(("127.0.0.1", 0)) as post:
            _settings(servers.environment, post.getsockname()[1], logs)
            django.setup()
            if asked.mistake:
                importlib.import_module("chaos.mistakes").MISTAKES[asked.mistake]()
            kept = importlib.import_module("chaos.run").run(storm, servers, post, logs)
    finally:
        shutil.rmtree(servers_in, ignore_errors=True)
    if kept and not asked.logs:
        shutil.rmtree(logs, ignore_errors=True)
    if not kept:
        print(f"VIOLATED with --seed {storm.seed}; the logs are in {logs}.", file=sys.stderr)
    return 0 if kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--seconds", type=float, default=LONGEST, help="how long it storms")
    parser.add_argument("--deliveries", type=int, default=30_000, help="messages that fall due in that time")
    parser.add_argument("--kills", type=int, default=210, help="kills of senders; the other faults go with them")
    parser.add_argument("--lease", type=float, default=60, help="seconds that a claim lasts")
    parser.add_argument("--patience", type=float, default=120, help="seconds from the last fault until all is sent")
    parser.add_argument(
        "--grace", type=float, default=3, help="seconds in which what was claimed before a stop arrives"
    )
    parser.add_argument("--mistake", choices=MISTAKES, help="let senders be wrong in this way, which must be noticed")
    parser.add_argument("--logs", type=Path, help="keep what the processes say in this folder")
    return parser


def _settings(addresses: dict[str, str], mail_port: int, logs: Path) -> None:
    os.environ.update(
        addresses,
        SECRET_KEY="only-for-chaos",
        DJANGO_SETTINGS_MODULE="tracker.settings",
        DATABASE_ROLE="",  # the owner migrates and fills
        DEMO="1",
        VAR=str(logs),
        EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
        DEFAULT_FROM_EMAIL="Đôn đốc <dondoc@vpcp.example>",
    )
    for name in ("DATABASE_OWNER_URL", "DELIVERY_RATES"):
        os.environ.pop(name, None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

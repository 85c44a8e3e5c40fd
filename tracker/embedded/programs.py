"""The processes of Đôn đốc, said once: the demo starts them, and `docker-compose.yml` is tested against them."""

from pathlib import Path


def web(address: str) -> list[str]:
    """The web server at `address` (host:port, or fd:// and the number of a socket that listens)."""
    serving = ["gunicorn", "tracker.wsgi:application", "--bind", address]
    working = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    # Read once, before the workers part: they start at once and share its memory.
    return [*serving, "--no-control-socket", "--preload", *working]


def worker(*queues: str) -> list[str]:
    """The worker: what does the work that a tick found. With `queues` (general, sending) only theirs.

    Workers have nothing to say to each other: one that greeted the others while the broker went away would end.
    """
    words = ["celery", "-A", "tracker.celery", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    words += ["--without-mingle", "--without-gossip"]
    return [*words, "--queues", ",".join(queues)] if queues else words


def beat() -> list[str]:
    """The ticks. Their schedule is fixed, so beat keeps no file that a kill could spoil."""
    return ["celery", "-A", "tracker.celery", "beat", "--scheduler", "celery.beat:Scheduler", "--loglevel", "INFO"]


def migrate() -> list[str]:
    """What the owner of the database does before the others start."""
    return ["manage.py", "migrate", "--no-input"]


def preparations(accounts: Path, *, with_files: bool = True) -> list[dict[str, list[str]]]:
    """What a demo needs before it serves: one group after the other, those of a group beside each other.

    Each may be done again without effect. The demo's passwords are kept in the file `accounts`. Without `with_files`
    only the database is prepared.
    """
    words = {"words": ["manage.py", "compile_messages"]} if with_files else {}
    static = {"static": ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"]} if with_files else {}
    # The demo's content is loaded through the actions; what they write down are words already.
    seeds = {"seeds": ["manage.py", "load_seeds", "--demo-json", str(accounts)]}
    return [{"migrate": migrate(), **words}, {**seeds, **static}]

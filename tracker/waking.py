"""A word to the workers that there is something to do now; losing it costs some seconds, until the next tick."""

from contextlib import suppress

from kombu.exceptions import OperationalError

from tracker.celery import app


def wake(duty: str) -> None:
    """Ask a worker to look at `duty` at once. Where the queue is away, the tick finds the work."""
    with suppress(OperationalError, OSError):
        # By its name: the doors through which something is asked for know nothing of who does it.
        app.signature(f"tracker.tasks.{duty}").delay()

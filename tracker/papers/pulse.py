"""How far the writing of a paper is: each row and each page says so to whoever listens, a worker or nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _nobody(_rows: int) -> None:
    """While a page waits for its file nobody asks how far it is."""


_listener: ContextVar[Callable[[int], None]] = ContextVar("listener", default=_nobody)


@contextmanager
def heard_by(listener: Callable[[int], None]) -> Iterator[None]:
    """Inside, `listener` is told of rows as they are done; what it raises ends the writing."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def beat(rows: int = 1) -> None:
    """So many rows more are done."""
    _listener.get()(rows)

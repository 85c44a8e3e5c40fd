"""How long and how much memory: seconds of the wall clock, medians of several runs, peak memory of a process."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connections


def seconds(work: Callable[[], Any]) -> float:
    """How long `work` took by the wall clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(figures: list[float]) -> float:
    return statistics.median(figures)


def in_a_process(work: Callable[..., Any], *words: Any) -> tuple[float, float]:
    """Run `work` in a process of its own: its seconds, and the most memory that the process ever held, in MB."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_measured, args=(theirs, work, words))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        child.join()


def _measured(pipe: Any, work: Callable[..., Any], words: tuple[Any, ...]) -> None:
    took = seconds(lambda: work(*words))
    pipe.send((took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

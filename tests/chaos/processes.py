"""Processes of our own that act at the same moment, each with a connection of its own."""

import multiprocessing
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection

PATIENCE = 60  # seconds
FORK = multiprocessing.get_context("fork")


def at_once(act: Callable[[int], Any], many: int) -> list[Any]:
    """Let so many processes do `act`, each with its number from 1 on; what each came to.

    Fails when one of them does.
    """
    connection.close()
    gate, told = FORK.Barrier(many), FORK.SimpleQueue()
    processes = [FORK.Process(target=_run, args=(act, number, gate, told)) for number in range(1, many + 1)]
    for process in processes:
        process.start()
    answers = sorted(told.get() for _process in processes)
    for process in processes:
        process.join()
    troubles = [trouble for _number, _answer, trouble in answers if trouble]
    assert not troubles, "\n".join(troubles)
    return [answer for _number, answer, _trouble in answers]


def _run(act: Callable[[int], Any], number: int, gate: Any, told: Any) -> None:
    try:
        gate.wait(PATIENCE)
        told.put((number, act(number), ""))
    except Exception:  # noqa: BLE001 - told to whoever started it
        told.put((number, None, traceback.format_exc()))
    finally:
        connection.close()

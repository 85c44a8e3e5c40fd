"""A real web server in front of what a test sees: its own transaction, so that nothing stays of what was done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Silent(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Say nothing."""


def on_this_connection() -> Application:
    """The application, in whichever thread, on the connection of the test. One request at a time."""
    mine, answering = connections["default"], WSGIHandler()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        connections["default"] = mine
        return answering(environ, start_response)

    return application


@contextmanager
def one_connection() -> Iterator[None]:
    """Other threads may use the connection, and no request closes it, as it would one that is within a transaction."""
    mine, at = connections["default"], (request_started, request_finished)
    mine.inc_thread_sharing()
    for signal in at:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in at:
            signal.connect(close_old_connections)
        mine.dec_thread_sharing()


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """The address of the API while it is served."""
    with one_connection(), make_server("127.0.0.1", 0, application, handler_class=Silent) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/v1"
        server.shutdown()
        thread.join()

"""A mail server and a messenger that take everything, after a moment, and write down when which message came."""

import asyncio
import logging
import os
import re
import socket
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from random import Random

from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker import clock

NUMBER = re.compile(rb"\(message (\d+)\)")  # as world.py writes it
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f-]{36})@", re.MULTILINE)
# Seconds at most: until the sender may go on with the envelope, until its text counts as arrived, until it is answered.
ENVELOPE, TEXT, ANSWER = 0.005, 0.005, 0.015


class Sink:
    """Each line: seconds since 1970, what tells the message, for whom. It is written before the sender hears of it."""

    def __init__(self, notes: Path, seed: int) -> None:
        self._notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._chance = Random(seed)

    async def _take(self, found: re.Match[bytes] | None, recipient: str) -> None:
        await self._linger(TEXT)
        known = found[1].decode() if found else ""
        os.write(self._notes, f"{clock.now().timestamp()}\t{known}\t{recipient}\n".encode())
        await self._linger(ANSWER)

    async def _linger(self, longest: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, longest))


class Mail(Sink):
    """Tells messages by their Message-ID."""

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Several commands may come at once."""
        session.host_name = hostname
        return [*answers[:-1], "250-PIPELINING", answers[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._linger(ENVELOPE)
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._take(MESSAGE_ID.search(envelope.content or b""), envelope.rcpt_tos[0])
        return "250 OK"


class Messenger(Sink):
    """What an address of apprise's plain JSON service posts to; tells messages by the number in their reason."""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on each connection."""
        with closing(writer):
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            await self._take(NUMBER.search(body), head.split()[1].decode().strip("/"))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()


def take_mail(listening: socket.socket, notes: Path, seed: int) -> None:
    """Take mail until the process is ended."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    sink = Mail(notes, seed)
    asyncio.run(_serve(lambda loop: loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=False), sock=listening)))


def take_calls(listening: socket.socket, notes: Path, seed: int) -> None:
    """Take what is posted until the process is ended."""
    sink = Messenger(notes, seed)
    asyncio.run(_serve(lambda _loop: asyncio.start_server(sink.answer, sock=listening)))


async def _serve(start: Callable[[asyncio.AbstractEventLoop], Awaitable[asyncio.Server]]) -> None:
    async with await start(asyncio.get_running_loop()) as server:
        await server.serve_forever()

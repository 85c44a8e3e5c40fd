"""A mail server that takes everything, after a moment, and writes down when which message came for whom."""

import asyncio
import logging
import os
import re
import socket
from pathlib import Path
from random import Random

from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker import clock

MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f-]{36})@", re.MULTILINE)
# Seconds at most: until the sender may go on with the envelope, until its text counts as arrived, until it is answered.
ENVELOPE, TEXT, ANSWER = 0.01, 0.01, 0.05


class Sink:
    """Each line: seconds since 1970, Message-ID's row, recipient. It is written before the sender hears of it."""

    def __init__(self, notes: Path, seed: int) -> None:
        self._notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._chance = Random(seed)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._linger(ENVELOPE)
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._linger(TEXT)
        found = MESSAGE_ID.search(envelope.content or b"")
        known = found[1].decode() if found else ""
        os.write(self._notes, f"{clock.now().timestamp()}\t{known}\t{envelope.rcpt_tos[0]}\n".encode())
        await self._linger(ANSWER)
        return "250 OK"

    async def _linger(self, longest: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, longest))


def take_mail(listening: socket.socket, notes: Path, seed: int) -> None:
    """Take mail until the process is ended."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    asyncio.run(_serve(listening, Sink(notes, seed)))


async def _serve(listening: socket.socket, sink: Sink) -> None:
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=False), sock=listening) as server:
        await server.serve_forever()

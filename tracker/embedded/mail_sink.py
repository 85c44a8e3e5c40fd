"""The demo's post office: takes every message by SMTP and keeps it as a file, to be read at `/demo/mail/`."""

import asyncio
import signal
import socket
import sys
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session


class Pigeonhole:
    """Keeps each message whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its caller's name
        path = self.folder / f"{uuid4().hex}.eml"
        arriving = path.with_suffix(".arriving")
        arriving.write_bytes(envelope.original_content or b"")
        arriving.rename(path)
        return "250 Kept"


async def take_mail(listening: socket.socket, pigeonhole: Pigeonhole, ended: asyncio.Event) -> None:
    """Take messages on a listening socket until `ended`."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(pigeonhole, enable_SMTPUTF8=True), sock=listening):
        await ended.wait()


async def main() -> None:
    """Take messages until SIGTERM; the arguments are a socket's number and a folder."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await take_mail(socket.socket(fileno=int(sys.argv[1])), Pigeonhole(Path(sys.argv[2])), ended)


if __name__ == "__main__":
    asyncio.run(main())

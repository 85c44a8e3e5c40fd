"""A mail server that takes everything and keeps nothing, in a process of its own: `python -m bench.sink FD`."""

import asyncio
import socket
import sys

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Several commands may come at once, as at any mail server of our days."""
        session.host_name = hostname
        return [*answers[:-1], "250-PIPELINING", answers[-1]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return "250 OK"


async def main() -> None:
    """Take mail until the process is ended."""
    listening = socket.socket(fileno=int(sys.argv[1]))
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(Sink()), sock=listening) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())

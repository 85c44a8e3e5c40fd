"""A real SMTP server on loopback for tests: it keeps what it takes, and answers as it is told."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"
CUT = "cut"
PATIENCE = 30  # seconds
ANSWERS_AFTER = 0.005  # seconds


class Postbox:
    """What the server took, in order; `to_recipient`, `to_text` and `to_sender` hold the answers to give before OK."""

    def __init__(self, *, pipelining: bool = False) -> None:
        self.pipelining = pipelining
        # Waits for a text even after it has refused the recipient (RFC 2920, 3.1).
        self.asks_for_text_anyway = False
        self.letters: list[EmailMessage] = []
        self.connections = 0
        self.to_sender: list[str] = []
        self.to_recipient: defaultdict[str, list[str]] = defaultdict(list)
        self.to_text: list[str] = []
        # How often a client spoke on before it had its answer.
        self.interrupted = 0
        # Tests clear it to let a sender wait after its text was sent.
        self.open = Event()
        self.open.set()
        self.knocked = Event()

    @property
    def addresses(self) -> list[str]:
        """To whom each letter went, sorted."""
        return sorted(letter["X-RcptTo"] for letter in self.letters)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return [*answers[:-1], "250-PIPELINING", answers[-1]] if self.pipelining else answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(ANSWERS_AFTER)
        self.interrupted += bool(server._reader._buffer)
        answer = self.to_sender.pop(0) if self.to_sender else TAKEN
        if answer == TAKEN:
            envelope.mail_from = address
        return self._said(server, answer)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answers = self.to_recipient[address]
        answer = answers.pop(0) if answers else TAKEN
        if answer == TAKEN or self.asks_for_text_anyway:
            envelope.rcpt_tos.append(address)
        return self._said(server, answer)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.to_text.pop(0) if self.to_text else TAKEN
        self.knocked.set()
        if not self.open.is_set():
            await server.loop.run_in_executor(None, self.open.wait, PATIENCE)
        if answer == TAKEN:
            letter = message_from_bytes(envelope.content, policy=policy.default)
            letter["X-RcptTo"] = ",".join(envelope.rcpt_tos)
            letter["X-MailFrom"] = envelope.mail_from
            self.letters.append(letter)
        return self._said(server, answer)

    @staticmethod
    def _said(server: SMTP, answer: str) -> str:
        """The answer; after a 421 the server hangs up, and CUT is no answer at all."""
        if answer == CUT:
            server.transport.abort()
        elif answer.startswith("421"):
            server.loop.call_soon(server.transport.close)
        return answer


def free_port() -> int:
    """A port on loopback on which nobody listens."""
    with socket.socket() as seeker:
        seeker.bind(("127.0.0.1", 0))
        return seeker.getsockname()[1]


@contextmanager
def listening(postbox: Postbox, port: int) -> Iterator[Postbox]:
    """Let `postbox` take mail at `port` of loopback."""
    server = Controller(postbox, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    server.start()
    try:
        yield postbox
    finally:
        postbox.open.set()
        server.stop()

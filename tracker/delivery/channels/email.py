"""E-mail: one SMTP connection for a batch, one envelope for a message.

Written against the stages of RFC 5321, because what a refusal means depends on the stage: of the sender it concerns
every message, of the recipient or of the text only this one, and before the text a broken connection has sent nothing.
"""

import base64
import binascii
import smtplib
from collections.abc import Iterable
from email.charset import Charset
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from accounts.refusals import N_
from tracker.delivery.channels import Broken, Channel, ChannelDown, Message, NotNow, Refused

GO_ON = 354  # the server waits for the text
CLOSING = 421  # the server ends the connection
TOO_LARGE = 552  # of all refusals of the sender the only one that is about the message
DONE, PERMANENT = range(200, 300), 500  # the answers of success, and from where on one is for good (RFC 5321, 4.2.1)
STAGES = ("MAIL", "RCPT", "DATA")
UTF_8, ASCII = Charset("utf-8"), Charset("us-ascii")
PART = b'%b\r\nContent-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%b'
FILE = b'%b%b\r\nContent-Disposition: attachment; filename="%b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%b'
UNREACHED = N_("The mail server cannot be reached: %(answer)s")
BROKE_OFF = N_("The mail server broke the connection: %(answer)s")
SENDER_REFUSED = N_("The mail server does not take mail from %(sender)s: %(answer)s")
BROKEN = (smtplib.SMTPServerDisconnected, OSError)


class EmailChannel(Channel):
    """SMTP as `EMAIL_HOST` and its neighbours in the settings say."""

    def __init__(self) -> None:
        self._backend = EmailBackend()
        self._sender = _on_the_wire(_parsed(settings.DEFAULT_FROM_EMAIL)[1])
        # The recipient of whom the server was told while nobody waited for its answers.
        self._announced = ""

    def open(self) -> None:
        """Connect and log in. Raises ChannelDown, saying what the server or the network answered."""
        try:
            self._backend.open()
            self._connected().ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as trouble:
            self.close()
            raise ChannelDown(_(UNREACHED) % {"answer": _said(trouble)}) from trouble

    def pack(self, message: Message) -> tuple[str, bytes]:
        """The recipient's address and the mail, as they travel. Raises ValueError where the address is none."""
        return _on_the_wire(message.address), mail(message)

    def announce(self, packed: tuple[str, bytes]) -> None:
        """Tell a server that takes several commands at once (RFC 2920) for whom the next mail is."""
        connection = self._backend.connection
        if connection is not None and connection.has_extn("pipelining"):
            try:
                connection.send("".join(f"{command}\r\n" for command in self._commands(packed[0])))
                self._announced = packed[0]
            except BROKEN:
                self.close()  # the next mail finds a new one

    def send(self, packed: tuple[str, bytes]) -> None:
        """Hand the mail to the server.

        Raises Refused for good, NotNow for a while, Broken when the connection broke over it, ChannelDown when no
        mail of ours is taken.
        """
        recipient, text = packed
        try:
            self._envelope(recipient)
        except Broken:
            # Servers end a connection after so many messages. Nothing of this one was sent yet: once more on a new one.
            self.close()
            self._envelope(recipient)
        self._text(text)

    def close(self) -> None:
        """Say goodbye as far as the server still listens; one that waits for a text would take that for it."""
        connection, self._backend.connection = self._backend.connection, None
        announced, self._announced = self._announced, ""
        if connection is None:
            return
        try:
            connection.close() if announced else connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def _commands(self, recipient: str) -> tuple[str, ...]:
        return f"MAIL FROM:<{self._sender}>", f"RCPT TO:<{recipient}>", "DATA"

    def _envelope(self, recipient: str) -> None:
        """Bring the server to where it waits for the text."""
        if self._announced not in ("", recipient):
            self.close()
        if self._backend.connection is None:
            self.open()
        try:
            for stage, (code, answer) in zip(STAGES, self._answers(recipient), strict=True):
                self._judge(code, answer, stage=stage)
        except BROKEN as trouble:
            raise Broken(_(BROKE_OFF) % {"answer": _said(trouble)}) from trouble

    def _answers(self, recipient: str) -> Iterable[tuple[int, bytes]]:
        """To all commands, where they may be sent at once, else to one after the other."""
        if not self._announced:
            self.announce((recipient, b""))
        smtp = self._connected()
        if not self._announced:
            return map(smtp.docmd, self._commands(recipient))
        self._announced = ""
        answers = [smtp.getreply() for _stage in STAGES]
        if answers[-1][0] == GO_ON and any(code not in DONE for code, _answer in answers[:-1]):
            # It waits for the text although it refused the envelope. Without a line of text nobody gets anything.
            smtp.docmd(".")
        return answers

    def _text(self, text: bytes) -> None:
        smtp = self._connected()
        try:
            # A line that begins with a dot gets a second one, since one alone ends the text (RFC 5321, 4.5.2).
            smtp.send(text.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, answer = smtp.getreply()
        except BROKEN as trouble:
            self.close()
            raise Broken(_(BROKE_OFF) % {"answer": _said(trouble)}) from trouble
        self._judge(code, answer)

    def _judge(self, code: int, answer: bytes | str, *, stage: str = "") -> None:
        """Raise what the server's answer means, unless it is the one that is wanted."""
        if code == GO_ON if stage == "DATA" else code in DONE:
            return
        sentence = f"{code} {_decoded(answer)}"
        if code == CLOSING:
            self.close()
            raise Broken(_(BROKE_OFF) % {"answer": sentence})
        self._forget()
        if stage == "MAIL" and code != TOO_LARGE:
            raise ChannelDown(_(SENDER_REFUSED) % {"sender": self._sender, "answer": sentence})
        if code >= PERMANENT:
            raise Refused(sentence)
        raise NotNow(sentence)

    def _forget(self) -> None:
        """Take back the envelope that was refused, so that the next message starts with an empty one."""
        try:
            self._connected().rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._backend.connection is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._backend.connection


def mail(message: Message) -> bytes:
    """The mail as it travels. Its Message-ID is the row's own: a repeat after a crash is known as the same mail.

    Plain ASCII, so that no server on the way can spoil a Vietnamese letter. It is put together here, since the classes
    of the library take longer over one mail than the mail server does; and the newer of them lose spaces where a long
    Vietnamese name is folded.
    """
    name, sender = _parsed(settings.DEFAULT_FROM_EMAIL)
    boundary = f"=_{message.uuid.hex}"  # never in quoted text: there a hexadecimal digit stands after each "="
    headers = {
        "Subject": _subject(message.subject),
        "From": _person("From", name, sender),
        "To": _person("To", message.recipient, message.address),
        "Date": format_datetime(message.at),
        "Message-ID": f"<{message.uuid}@{_on_the_wire(sender).rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no absence notes in answer
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
        "Content-Language": message.language,
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    parts = ((b"plain", message.text), (b"html", message.html))
    begin = f"\r\n--{boundary}".encode()
    words = b"".join((*(PART % (begin, kind, quoted(words)) for kind, words in parts), begin, b"--\r\n"))
    if message.enclosed:
        headers["Content-Type"], words = _with_files(headers["Content-Type"], words, message)
    return "".join(f"{header}: {said}\r\n" for header, said in headers.items()).encode("ascii") + words


def _with_files(kind: str, words: bytes, message: Message) -> tuple[str, bytes]:
    """The type of a mail with files, and what it holds: first the words, which alone would be of the type `kind`."""
    boundary = f"=_{message.uuid.hex}_"
    begin = f"\r\n--{boundary}\r\nContent-Type: ".encode()
    files = (
        FILE % (begin, one.content_type.encode(), one.name.encode("ascii"), base64.encodebytes(one.content).strip())
        for one in message.enclosed
    )
    held = b"".join((begin, kind.encode(), b"\r\n", words, *files, f"\r\n--{boundary}--\r\n".encode()))
    return f'multipart/mixed; boundary="{boundary}"', held.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def quoted(words: str) -> bytes:
    """Text in quoted-printable, lines ending as in mail (RFC 2045, 6.7)."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    # The library takes its own line endings from the first that it meets.
    return binascii.b2a_qp(f"{lines}\r\n".encode(), istext=True)[:-2]


@lru_cache(maxsize=1000)
def _subject(words: str) -> str:
    return Header(words, UTF_8, header_name="Subject").encode(linesep="\r\n")


@lru_cache(maxsize=1000)
def _person(header: str, name: str, address: str) -> str:
    person = Header(" ".join(name.split()), UTF_8, header_name=header)
    person.append(f"<{_on_the_wire(address)}>", ASCII)
    return person.encode(linesep="\r\n")


@lru_cache
def _parsed(address: str) -> tuple[str, str]:
    return parseaddr(address)


@lru_cache(maxsize=1000)
def _on_the_wire(address: str) -> str:
    """The address with its domain as the network knows it. Raises ValueError where it cannot stand in a command."""
    local, _at, domain = address.rpartition("@")
    if not (local.isascii() and local.isprintable()):
        raise ValueError(f"No address: {address!r}")
    return f"{local}@{domain.encode('idna').decode()}"


def _said(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{trouble.smtp_code} {_decoded(trouble.smtp_error)}"
    return str(trouble) or type(trouble).__name__


def _decoded(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer

"""E-mail: one SMTP connection for a batch, one envelope for a message.

Written against the stages of RFC 5321, because what a refusal means depends on the stage: of the sender it concerns
every message, of the recipient or of the text only this one, and before the text a broken connection has sent nothing.
"""

import binascii
import smtplib
from email.charset import Charset
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from accounts.refusals import N_
from tracker.delivery.channels import Broken, ChannelDown, Message, NotNow, Refused

CLOSING = 421  # the server ends the connection
TOO_LARGE = 552  # of all refusals of the sender the only one that is about the message
NOT_DONE, PERMANENT = 300, 500  # from where on an answer is no success, and for good (RFC 5321, 4.2.1)
UTF_8 = Charset("utf-8")
PART = b'%b\r\nContent-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%b'
UNREACHED = N_("The mail server cannot be reached: %(answer)s")
BROKE_OFF = N_("The mail server broke the connection: %(answer)s")
SENDER_REFUSED = N_("The mail server does not take mail from %(sender)s: %(answer)s")
BROKEN = (smtplib.SMTPServerDisconnected, OSError)


class EmailChannel:
    """SMTP as `EMAIL_HOST` and its neighbours in the settings say."""

    outside = True

    def __init__(self) -> None:
        self._backend = EmailBackend()
        self._sender = _on_the_wire(_parsed(settings.DEFAULT_FROM_EMAIL)[1])

    def open(self) -> None:
        """Connect and log in. Raises ChannelDown, saying what the server or the network answered."""
        try:
            self._backend.open()
            self._connected().ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as trouble:
            self.close()
            raise ChannelDown(_(UNREACHED) % {"answer": _said(trouble)}) from trouble

    def send(self, message: Message) -> None:
        """Hand the mail to the server.

        Raises Refused for good, NotNow for a while, Broken when the connection broke over it, ChannelDown when no
        mail of ours is taken.
        """
        try:
            self._envelope(message)
        except Broken:
            # Servers end a connection after so many messages. Nothing of this one was sent yet: once more on a new one.
            self.close()
            self._envelope(message)
        self._text(mail(message))

    def close(self) -> None:
        """Say goodbye as far as the server still listens."""
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def _envelope(self, message: Message) -> None:
        if self._backend.connection is None:
            self.open()
        smtp = self._connected()
        recipient = _on_the_wire(message.address)
        try:
            code, answer = smtp.docmd("MAIL", f"FROM:<{self._sender}>")
            self._judge(code, answer, of_sender=True)
            code, answer = smtp.docmd("RCPT", f"TO:<{recipient}>")
            self._judge(code, answer)
        except BROKEN as trouble:
            raise Broken(_(BROKE_OFF) % {"answer": _said(trouble)}) from trouble

    def _text(self, text: bytes) -> None:
        try:
            code, answer = self._connected().data(text)
        except smtplib.SMTPDataError as refusal:
            self._judge(refusal.smtp_code, refusal.smtp_error)
            return
        except BROKEN as trouble:
            self.close()
            raise Broken(_(BROKE_OFF) % {"answer": _said(trouble)}) from trouble
        self._judge(code, answer)

    def _judge(self, code: int, answer: bytes | str, *, of_sender: bool = False) -> None:
        """Raise what the server's answer means; an answer of the 200s means nothing is wrong."""
        if code < NOT_DONE:
            return
        sentence = f"{code} {_decoded(answer)}"
        if code == CLOSING:
            self.close()
            raise Broken(_(BROKE_OFF) % {"answer": sentence})
        self._forget()
        if of_sender and code != TOO_LARGE:
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
    return b"".join(
        (
            "".join(f"{header}: {words}\r\n" for header, words in headers.items()).encode("ascii"),
            *(PART % (begin, kind, quoted(words)) for kind, words in parts),
            begin,
            b"--\r\n",
        )
    )


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
    person.append(f"<{_on_the_wire(address)}>", "us-ascii")
    return person.encode(linesep="\r\n")


@lru_cache
def _parsed(address: str) -> tuple[str, str]:
    return parseaddr(address)


@lru_cache(maxsize=1000)
def _on_the_wire(address: str) -> str:
    """The address with its domain as the network knows it."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _said(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{trouble.smtp_code} {_decoded(trouble.smtp_error)}"
    return str(trouble) or type(trouble).__name__


def _decoded(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer

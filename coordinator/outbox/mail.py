"""Messages and connections: Flask-Mail, made safe for Turkish, for slow servers and for bad ones.

Bodies are quoted-printable, so that no line is too long for SMTP.
"""

import binascii
import re
import secrets
import smtplib
import socket
import ssl
from collections.abc import Iterator
from email.encoders import encode_base64
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import formatdate, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_mail import Attachment, Connection, Mail, Message, email_dispatched

from coordinator import links
from coordinator.outbox.addresses import UNSUBSCRIBE, bounce_address, part, reply_address
from coordinator.outbox.header_lines import (
    POLICY,
    Unsendable,
    address_header,
    refuse_line_break,
    text_header,
)
from coordinator.outbox.letterhead import Letterhead, route

LEAVE = "optouts.leave"
"""The view behind the link; it is on an upper floor."""
_ONE_ADDRESS = re.compile(r"[!#-\'*+\-./-9=?A-Z^-~]+@[A-Za-z0-9.-]+")
_FOLD = re.compile("\r?\n[ \t]")


class AppMessage(Message):  # type: ignore[misc]
    """A message to one person; `returns_to` is the address that it comes back to."""

    def __init__(
        self,
        *,
        sender: tuple[str, str],
        recipient: tuple[str, str],
        subject: str,
        body: str,
        html: str,
        reply_to: str,
        date: float,
        message_id: str,
        returns_to: str = "",
    ) -> None:
        # Not the inherited one: it asks the name server who we are, for each message.
        self.sender, self.recipients, self.subject = sender, [recipient], subject
        self.body, self.alts = body, {"html": html}
        self.attachments: list[Attachment] = []
        self.reply_to, self.date, self.msgId = reply_to, date, message_id
        self.returns_to = returns_to or sender[1]
        self.cc: list[str] = []
        self.bcc: list[str] = []
        self.extra_headers = {"Auto-Submitted": "auto-generated"}

    def _message(self) -> Any:
        message = multipart("mixed")
        for name, value in self._headers():
            message[name] = value
        alternatives = multipart("alternative")
        alternatives.attach(self._mimetext(self.body))
        for subtype, text in self.alts.items():
            alternatives.attach(self._mimetext(text, subtype))
        message.attach(alternatives)
        for file in self.attachments:
            part = MIMENonMultipart(*file.content_type.split("/"))
            part.set_payload(file.data)
            encode_base64(part)
            part.add_header("Content-Disposition", file.disposition, filename=file.filename)
            message.attach(part)
        message.policy = POLICY
        return message

    def _headers(self) -> Iterator[tuple[str, Any]]:
        refuse_line_break("Subject", self.subject)
        yield "Subject", text_header(self.subject, "Subject")
        yield "From", address_header(self.sender, "From")
        yield "To", address_header(self.recipients[0], "To")
        yield "Date", formatdate(self.date)
        yield "Message-ID", self.msgId
        if self.reply_to:
            yield "Reply-To", address_header(("", self.reply_to), "Reply-To")
        for name, value in self.extra_headers.items():
            refuse_line_break(name, f"{name}{value}")
            yield name, text_header(value, name)

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMENonMultipart:
        lines = "\n".join((text or "").splitlines()) + "\n"
        part = MIMENonMultipart("text", subtype, charset="utf-8")
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload(binascii.b2a_qp(lines.encode(), istext=True).decode("ascii"))
        return part


class Session(smtplib.SMTP):
    """An SMTP session that knows whether the letter in hand may have been handed over."""

    handing_over = False

    def mail(self, *arguments: Any, **options: Any) -> Any:
        self.handing_over = False
        return super().mail(*arguments, **options)

    def data(self, message: Any) -> Any:
        self.handing_over = True
        return super().data(message)


class SecureSession(Session, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class AppConnection(Connection):  # type: ignore[misc]
    """A connection with time limits and checked certificates, to the server in force now."""

    def __init__(self, mail: Any, timeout: float) -> None:
        super().__init__(mail)
        self.timeout = timeout

    def configure_host(self) -> Session:
        secure = ssl.create_default_context()
        where = {"host": self.mail.server, "port": self.mail.port}
        options = {**where, "timeout": self.timeout, "local_hostname": own_name()}
        if self.mail.use_ssl:
            host: Session = SecureSession(context=secure, **options)
        else:
            host = Session(**options)
        try:
            if self.mail.use_tls:
                host.starttls(context=secure)
            if self.mail.username:
                host.login(self.mail.username, self.mail.password)
            host.ehlo_or_helo_if_needed()
        except BaseException:
            host.close()
            raise
        return host

    def send(self, message: AppMessage, envelope_from: str | None = None) -> None:
        """Hand the message over, or raise what smtplib raises."""
        data = bytes(message)
        if self.host is not None:
            recipient = message.recipients[0][1]
            self.host.sendmail(envelope_from or message.returns_to, [recipient], data)
        app: Any = current_app
        email_dispatched.send(app._get_current_object(), message=message)

    def __exit__(self, *_error: object) -> None:
        if self.host is not None:
            try:
                self.host.quit()
            except (smtplib.SMTPException, OSError):
                self.host.close()


class AppMail(Mail):  # type: ignore[misc]
    """Flask-Mail whose connections are ours; the address of the server is asked each time."""

    def connect(self, timeout: float | None = None) -> AppConnection:
        app: Any = current_app
        found = route()
        config = {**app.config, "MAIL_SERVER": found.server, "MAIL_PORT": found.port}
        app.extensions["mail"] = state = self.init_mail(config)
        return AppConnection(state, timeout or app.config["MAIL_TIMEOUT"])


def compose(letter: Any, head: Letterhead, tokens: dict[str, str]) -> AppMessage:
    """Return the message of a letter, its personal links filled in. Raises Unsendable.

    `letter` has the columns of `OutboxLetter`.
    """
    code = letter.public_id
    texts = [fill(text, tokens) for text in (letter.text, letter.html)]
    name, address = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])
    if not _ONE_ADDRESS.fullmatch(letter.to_address):
        raise Unsendable("not one e-mail address")
    message = AppMessage(
        sender=(head.name or name, address),
        recipient=(letter.to_name, letter.to_address),
        subject=letter.subject,
        body=texts[0],
        html=texts[1],
        reply_to=(letter.is_answered_by_mail and reply_address(code)) or head.reply_to,
        date=letter.created_at.timestamp(),
        message_id=letter.message_id,
        returns_to=bounce_address(code) or address,
    )
    if letter.is_round:
        message.extra_headers |= leaving(code)
    if letter.calendar:
        add_calendar(message, letter, tokens)
    return message


def leaving(code: str) -> dict[str, str]:
    """Return the headers by which mail programs offer to leave the rounds (RFC 2369, RFC 8058)."""
    if LEAVE not in current_app.view_functions:
        return {}
    url = links.absolute(LEAVE, code=part(UNSUBSCRIBE, code))
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def add_calendar(message: AppMessage, letter: Any, tokens: dict[str, str]) -> None:
    """Add the calendar as mail programs answer it, and once more as a file to keep."""
    calendar, method = letter.calendar, letter.calendar_method
    if f"METHOD:{method}" not in calendar:
        raise Unsendable("the calendar's method is not that of its part")
    if any(marker in _FOLD.sub("", calendar) for marker in tokens):
        calendar = folded(fill(_FOLD.sub("", calendar), tokens))
    message.alts[f"calendar; method={method}"] = calendar
    lines = "\r\n".join(calendar.splitlines()) + "\r\n"
    message.attachments.append(Attachment("davet.ics", "application/ics", lines.encode()))


def fill(text: str, tokens: dict[str, str]) -> str:
    """Return the text with each marker's token in its place."""
    for marker, token in tokens.items():
        text = text.replace(marker, token)
    return text


def folded(calendar: str) -> str:
    """Return the calendar in lines of at most 75 octets, no letter cut in two."""
    lines = []
    for line in calendar.splitlines():
        while len(line.encode()) > 75:
            head = line.encode()[:75].decode(errors="ignore")
            lines.append(head)
            line = " " + line[len(head) :]
        lines.append(line)
    return "\r\n".join(lines) + "\r\n"


def multipart(kind: str) -> MIMEMultipart:
    """Return an empty part of parts; "=_" stands in no encoded text, so nobody need look for it."""
    return MIMEMultipart(kind, boundary=f"=_{secrets.token_hex(12)}")


def own_name() -> str:
    """Return the name to greet the server with, without asking a name server for it."""
    name = urlsplit(current_app.config["BASE_URL"]).hostname or ""
    return name if "." in name and not name.replace(".", "").isdigit() else socket.gethostname()

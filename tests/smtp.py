"""A real SMTP server for tests, with a plan of faults: who is refused, when, how often."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HANG, CUT = "hang", "cut"


@dataclass
class Received:
    """A letter that the server took."""

    recipient: str
    raw: bytes
    returns_to: str = ""
    """Whom the server is to tell if it cannot deliver: the envelope's sender."""
    at: float = field(default_factory=time.monotonic)

    @property
    def message(self) -> Message:
        return message_from_bytes(self.raw)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return decoded(self.message["Subject"])

    def part(self, kind: str) -> str:
        """Return the text of the first part of that content type."""
        for part in self.message.walk():
            if part.get_content_type() == kind:
                return bytes(part.get_payload(decode=True)).decode().replace("\r\n", "\n")
        raise AssertionError(f"the letter has no {kind}")


@dataclass
class Fault:
    """What happens to a letter: at `phase` (mail, rcpt, data) the answer, HANG or CUT."""

    phase: str
    answer: str
    times: int


def decoded(header: Any) -> str:
    """Return a header as people read it (RFC 2047; the library's parsers miscount spaces)."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", str(header))
    joined = re.sub(r"(\?=)[ \t]+(?==\?)", r"\1", unfolded)
    return re.sub(r"=\?[^?]+\?[bqBQ]\?[^?]*\?=", lambda word: _word(word[0]), joined)


def _word(encoded: str) -> str:
    [(text, code)] = decode_header(encoded)
    return text.decode(code or "ascii") if isinstance(text, bytes) else text


class SmtpServer(Controller):
    """The server: `received` holds what it took, `plan` what it will refuse."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.faults: dict[str, list[Fault]] = {}
        self.sessions = 0
        self.refusing: str | None = None
        """An answer that every recipient gets, while it is set."""
        self.delay = 0.0
        """Seconds that every letter takes."""
        self.lock = threading.Lock()
        super().__init__(self, hostname="127.0.0.1", port=0, ready_timeout=10)

    def factory(self) -> SMTP:
        return SMTP(self, hostname="tests", enable_SMTPUTF8=False, loop=self.loop)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    @property
    def settings(self) -> dict[str, Any]:
        """The settings with which an application sends through this server."""
        return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": self.port}

    def plan(self, recipient: str, phase: str, answer: str, times: int = 1_000_000) -> None:
        """Let the next `times` letters to `recipient` meet the fault."""
        self.faults.setdefault(recipient, []).append(Fault(phase, answer, times))

    def recipients(self) -> list[str]:
        """Return who was written to, in order, repeats included."""
        return [one.recipient for one in self.received]

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sessions += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.refusing or await self._meet(server, address, "rcpt")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        await asyncio.sleep(self.delay)
        answer = await self._meet(server, address, "data")
        if answer is not None:
            return answer
        with self.lock:
            self.received.append(
                Received(address, bytes(envelope.original_content), envelope.mail_from)
            )
        return await self._meet(server, address, "answer") or "250 OK"

    async def _meet(self, server: Any, address: str, phase: str) -> str | None:
        for fault in self.faults.get(address, []):
            if fault.phase == phase and fault.times > 0:
                fault.times -= 1
                if fault.answer == HANG:
                    await asyncio.sleep(30)
                elif fault.answer == CUT:
                    server.transport.abort()
                return fault.answer
        return None


@contextmanager
def serving() -> Iterator[SmtpServer]:
    """Run a server on a free port."""
    server = SmtpServer()
    server.start()
    try:
        yield server
    finally:
        server.stop(no_assert=True)


def refused_port() -> int:
    """Return a port at which nobody listens."""
    with serving() as server:
        return int(server.port)

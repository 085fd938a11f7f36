"""A mail server with faults by chance, and one that fails at a chosen step of its conversation."""

import asyncio
import random
import threading
from collections import Counter, defaultdict
from typing import Any

from tests.smtp import Received, SmtpServer

CUT_AFTER, LATER, CLOSING = "cut", "later", "closing"


class FaultySink(SmtpServer):
    """Says "later" to a tenth, breaks off after taking a fiftieth, closes on a hundredth."""

    def __init__(self, seed: int, *, cuts: bool = True, faults: bool = True) -> None:
        super().__init__()
        self.chance = random.Random(seed)
        self.cuts, self.with_faults = cuts, faults
        self.met: Counter[str] = Counter()
        self.delay = 0.005

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        drawn = self.chance.random() if self.with_faults else 1.0
        if drawn < 0.10:
            self.met[LATER] += 1
            return "451 4.3.0 later"
        if drawn < 0.11:
            self.met[CLOSING] += 1
            server.transport.write(b"421 4.3.2 closing\r\n")
            server.transport.close()
            return "421 4.3.2 closing"
        [address] = envelope.rcpt_tos
        with self.lock:
            self.received.append(
                Received(address, bytes(envelope.original_content), envelope.mail_from)
            )
        if drawn < 0.13 and self.cuts:
            self.met[CUT_AFTER] += 1
            server.transport.abort()
        return "250 OK"

    def ids(self) -> dict[str, set[str]]:
        """Return the Message-IDs under which each recipient was written to."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in list(self.received):
            head = one.raw.partition(b"\r\n\r\n")[0].decode()
            line = next(x for x in head.split("\r\n") if x.lower().startswith("message-id:"))
            found[one.recipient].add(line.partition(":")[2].strip())
        return found


PHASES = ("banner", "ehlo", "mail", "rcpt", "data", "end", "rset", "quit")
ANSWERS = {"4xx": b"451 4.3.0 later", "5xx": b"554 5.7.1 never", "hang": None, "cut": b""}


class PhaseSink:
    """Speaks SMTP until it comes to `phase`; there it answers badly, hangs or breaks off."""

    def __init__(self, phase: str, fault: str) -> None:
        self.phase, self.fault = phase, fault
        self.broken = True
        self.taken: list[str] = []
        self.met = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(5)

    def _end(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_soon(self._loop.stop)

    async def _answer(self, writer: asyncio.StreamWriter, phase: str, good: bytes) -> bool:
        """Answer well, or as planned; return whether the conversation goes on."""
        if phase != self.phase or not self.broken:
            writer.write(good + b"\r\n")
            return True
        self.met += 1
        words = ANSWERS[self.fault]
        if words is None:
            await asyncio.sleep(30)
            return False
        if not words:
            writer.close()
            return False
        writer.write(words + b"\r\n")
        return True

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        goes_on = await self._answer(writer, "banner", b"220 sink")
        while goes_on and (line := await reader.readline()):
            verb = line[:4].strip().lower().decode()
            if verb == "data":
                bad = self.phase == "data" and self.broken
                goes_on = await self._answer(writer, "data", b"354 go on")
                if not goes_on or bad:
                    continue
                await reader.readuntil(b"\r\n.\r\n")
                if self.phase != "end" or not self.broken:
                    self.taken.append(recipient)
                goes_on = await self._answer(writer, "end", b"250 taken")
                continue
            if verb == "rcpt":
                recipient = line.decode().partition("<")[2].partition(">")[0]
            phase = {"helo": "ehlo"}.get(verb, verb)
            goes_on = await self._answer(writer, phase, b"250 ok")
            if verb == "quit":
                break
        writer.close()

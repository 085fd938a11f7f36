"""Letters per second through the outbox, beside bare smtplib over one connection."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from bench import data
from bench.databases import application
from coordinator.extensions import db
from coordinator.outbox import delivery
from coordinator.outbox.models import OutboxLetter
from tests.processes import FLASK, environment, start

COUNT = 10_000
LATE_MS = 20
"""A mail server far away, or one that looks at each letter before it takes it."""
LATE_COUNT = 1500
SENDER = "kadin@belediye.bel.tr"


@contextmanager
def sink(delay_ms: float = 0) -> Iterator[int]:
    """Give the port of a mail server in a process of its own."""
    command = [sys.executable, "-m", "bench.sink", "--delay-ms", str(delay_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def mail(port: int) -> dict[str, str]:
    """Return the settings of an application that sends through the server."""
    server = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_DEFAULT_SENDER": SENDER}
    own = {name: f"{name.lower()}+{{}}@belediye.bel.tr" for name in ("REPLY", "BOUNCE")}
    return server | {f"{name}_ADDRESS": pattern for name, pattern in own.items()}


def run(url: str, label: str, count: int = COUNT) -> float:
    """Send `count` letters both ways to the same server; return ours as a share of the bare."""
    with sink() as port, application(url, **mail(port)) as app, app.app_context():
        data.letters(count)
        sample = db.session.scalars(db.select(OutboxLetter).limit(1)).one()
        bare_first = bare(port, sample, count // 2)
        begun = time.perf_counter()
        sent = delivery.drain()
        ours = sent / (time.perf_counter() - begun)
        bare_second = bare(port, sample, count // 2)
        left = data.open_letters()
    bare_rate = (bare_first + bare_second) / 2
    print(
        f"  {label:12} {sent:5d} letters, {left} left: {ours:7.1f} /s, "
        f"bare smtplib {bare_rate:7.1f} /s: {ours / bare_rate:4.2f} of bare"
    )
    return ours / bare_rate


def bare(port: int, letter: OutboxLetter, count: int) -> float:
    """Build and send the same letter again and again over one connection."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(count):
            message = EmailMessage()
            message["Subject"] = letter.subject
            message["From"] = "Kadın Çalışmaları <kadin@belediye.bel.tr>"
            message["To"] = f"Nermin Su <kisi{number}@kurulus.example>"
            message["Message-ID"] = f"<{number}@bench>"
            message.set_content(letter.text)
            message.add_alternative(letter.html, subtype="html")
            message.add_alternative(letter.calendar or "", subtype="calendar")
            message.add_attachment(
                (letter.calendar or "").encode(),
                maintype="application",
                subtype="ics",
                filename="davet.ics",
            )
            server.send_message(message)
    return count / (time.perf_counter() - begun)


def workers(url: str, label: str, processes: int, count: int = COUNT) -> None:
    """Send `count` letters by several processes; the time counts from the first to the last."""
    with sink() as port, application(url, **mail(port)) as app, app.app_context():
        data.letters(count)
        db.session.remove()
        env = environment(app, **mail(port))
        started = [start((*FLASK, "outbox", "deliver", "--once"), env) for _ in range(processes)]
        for one in started:
            one.communicate()
        first, last = db.session.execute(
            db.select(db.func.min(OutboxLetter.sent_at), db.func.max(OutboxLetter.sent_at))
        ).one()
        rate = (count - data.open_letters()) / (last - first).total_seconds()
        print(f"  {label:12} {count:5d} letters, {processes} workers: {rate:7.1f} /s", flush=True)


def late(url: str, label: str, connections: int, count: int = LATE_COUNT) -> None:
    """Send to a server that takes its time, over one or several connections."""
    count = count if connections > 1 else count // 5
    with sink(LATE_MS) as port:
        several = {**mail(port), "OUTBOX_CONNECTIONS": str(connections)}
        with application(url, **several) as app, app.app_context():
            data.letters(count)
            begun = time.perf_counter()
            sent = delivery.drain()
            rate = sent / (time.perf_counter() - begun)
    print(
        f"  {label:12} {sent:5d} letters, {connections:2d} connections: {rate:7.1f} /s", flush=True
    )

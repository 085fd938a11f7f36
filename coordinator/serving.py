"""Everything in one process: `python -m wsgi`.

Migrates the database, serves the pages, and delivers letters in threads beside them.
"""

import errno
import logging
import signal
import socket
import sys
import threading
from types import FrameType

import waitress
from flask import Flask

from coordinator import jobs, migrating
from coordinator.extensions import db

PATIENCE = 8
"""Seconds that a letter in hand has to come to its end when the process is stopped."""
HEAD_START = 2
"""Seconds that the first pages have to themselves before the jobs' libraries are loaded."""


def main(app: Flask) -> int:
    """Serve until Ctrl-C or SIGTERM; return the exit status."""
    log_to_stderr()
    signal.signal(signal.SIGTERM, stop)
    # A shell starts what it puts in the background with Ctrl-C switched off; we switch it on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    door = listening(app.config["HOST"], app.config["PORT"])
    if door is None:
        return 1
    try:
        migrate(app)
        serve(app, door)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    finally:
        door.close()
    return 0


def serve(app: Flask, door: socket.socket) -> None:
    """Answer requests; the letters' threads start once the pages are there."""
    server = waitress.create_server(app, sockets=[door], threads=8, ident=None)
    work = Work(app)
    work.start()
    print(welcome(app), flush=True)
    try:
        server.run()
    finally:
        server.close()
        work.end()
    print("Stopped.", flush=True)


class Work(threading.Thread):
    """The jobs of this process: started, kept alive, stopped."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="jobs", daemon=True)
        self.jobs = jobs.of(app)
        self.over = threading.Event()

    def run(self) -> None:
        if self.over.wait(HEAD_START):
            return
        self.jobs.start()
        while not self.over.wait(jobs.BEAT_SECONDS):
            self.jobs.beat()

    def end(self) -> None:
        """Stop, and wait a little for a letter in hand."""
        self.over.set()
        self.join(PATIENCE)
        self.jobs.stop(PATIENCE)


def migrate(app: Flask) -> None:
    """Bring the database to this version, making it if there is none."""
    with app.app_context():
        current = migrating.is_current()
        db.session.remove()
        if not current:
            migrating.upgrade()


def listening(host: str, port: int) -> socket.socket | None:
    """Return a socket at that address; None, and a sentence on standard error, if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError as error:
        door.close()
        taken = (
            f"Port {port} is in use. Another copy may be running; choose another: PORT={port + 1}"
        )
        told = (
            taken if error.errno == errno.EADDRINUSE else f"Cannot serve at {host}:{port}: {error}"
        )
        print(told, file=sys.stderr)
        return None
    return door


def welcome(app: Flask) -> str:
    """Return where the copy is and how to get in."""
    base = app.config["BASE_URL"]
    lines = [
        f"Paydaş is at {base}  (Ctrl-C stops it)",
        f"  first visit: {base}/kur asks for the institution's name and the first administrator",
        f"  data: {app.instance_path}",
    ]
    if app.config["LOCAL_MAILBOX"]:
        lines.insert(2, f"  letters: no mail server is set, so they lie at {base}/yerel-posta")
    return "\n".join(lines)


def log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # Waitress would tell at which address somebody hung up: personal links are in it.
    for name in ("huey", "alembic", "mail.log", "waitress"):
        logging.getLogger(name).setLevel(logging.WARNING)


def stop(_signal: int, _frame: FrameType | None) -> None:
    """End the process by way of its `finally`s."""
    sys.exit(0)

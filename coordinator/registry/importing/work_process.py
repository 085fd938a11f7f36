"""Long imports in a process of their own, so that pages stay quick beside them.

Looking through 30,000 rows is half a minute of pure computing: in a thread of the web process
every page would wait for it at each step. The worker's thread claims a list, starts this file
with the application's settings on standard input, and waits.
"""

import importlib
import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import current_app

from coordinator import jobs
from coordinator.registry.importing import work
from coordinator.registry.importing.leases import Lease, claim

START = "from coordinator.registry.importing.work_process import main; main()"
ROOT = Path(__file__).parents[3]
MANNERS = 10
"""How far pages and letters come before it (`nice`), but not while it keeps others from writing."""
_working = threading.Lock()


def run_waiting() -> None:
    """Do everything that waits, one list after the other, each in a process of its own."""
    stopping = jobs.of(current_app).stopping
    if not _working.acquire(blocking=False):
        return
    try:
        while not stopping.is_set() and (lease := claim()):
            _carry_out(lease, stopping)
    finally:
        _working.release()


def _carry_out(lease: Lease, stopping: threading.Event) -> None:
    process = start(lease)
    while process.poll() is None:
        if stopping.wait(0.2):
            process.terminate()
            process.wait()
            lease.give_back(tried=False)
            return
    if process.returncode:
        lease.give_back()


def start(lease: Lease) -> subprocess.Popen[bytes]:
    """Start a process that carries a list in hand one step further."""
    process = subprocess.Popen(  # noqa: S603  (our own code, no shell, nothing of the file's)
        [sys.executable, "-c", START],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    order = {"settings": _settings(), "lease": asdict(lease)}
    assert process.stdin is not None
    with process.stdin as pipe:
        pipe.write(json.dumps(order).encode())
    return process


def _settings() -> dict[str, Any]:
    """Return the settings that another process needs; what is made of them it makes itself."""
    plain = (str, int, float, list, dict, type(None))
    found = {name: value for name, value in current_app.config.items() if isinstance(value, plain)}
    return {**found, "INSTANCE_PATH": current_app.instance_path}


def main() -> None:
    """Carry out what standard input says; the exit status tells whether it came to an end."""
    order = json.load(sys.stdin)
    lease = Lease(**order["lease"])
    if not (lease.saves or lease.undoes):
        os.nice(MANNERS)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    app = importlib.import_module("coordinator").create_app(order["settings"])
    with app.app_context():
        done = work.carry_out(lease)
    sys.exit(0 if done else 1)

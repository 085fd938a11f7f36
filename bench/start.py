"""The first answer after a cold start, and how much memory the whole application takes."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run() -> tuple[float, float]:
    """Start everything in one process twice (the second finds its database) and measure."""
    with tempfile.TemporaryDirectory() as folder:
        _once(folder)
        seconds, megabytes = _once(folder)
    print(f"\ncold start: first answer after {seconds:.2f} s; {megabytes:.0f} MB resident")
    return seconds, megabytes


def _once(folder: str) -> tuple[float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "INSTANCE_PATH": folder, "PORT": str(port)}
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "wsgi"], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            seconds = _first_answer(port, begun)
            time.sleep(5)  # the jobs let the first pages go ahead
            for _ in range(20):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/giris").read()
            time.sleep(1)
            return seconds, _resident(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _first_answer(port: int, begun: float) -> float:
    while time.perf_counter() - begun < 30:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/giris").read()
            return time.perf_counter() - begun
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the application did not answer within 30 seconds")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024

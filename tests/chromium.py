"""Finds a Chromium for the journeys: the machine's, or one that Playwright can bring."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOW = "install it with: apt-get install chromium (or: .venv/bin/playwright install chromium)"


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    cache = Path.home() / ".cache" / "ms-playwright"
    brought = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(brought[-1]) if brought else None


def main() -> None:
    """Bring a Chromium if there is none; say in one line if none can be had."""
    if find():
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, timeout=300, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        print(f"No Chromium here, so the browser journeys are left out; {HOW}")


if __name__ == "__main__":
    main()

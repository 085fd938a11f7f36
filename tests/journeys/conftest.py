"""The whole application as `make run` starts it, and a real Chromium to walk it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests import chromium

ROOT = Path(__file__).parents[2]
AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
ALIKE = Path(__file__).with_name("alike.js").read_text("utf-8")
LOOKED_OVER = "data-looked-over"
looked_over: set[str] = set()
"""How the parts of pages are built that were looked over already, each at its width."""


@dataclass(eq=False)
class Service:
    """A running copy of the application."""

    url: str
    instance: Path
    process: subprocess.Popen[bytes]
    more: dict[str, str]

    def command(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run `flask --app wsgi …` against this copy."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT, env=settings(self.url, self.instance, **self.more), input=stdin, text=True,
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=15)


def settings(url: str, instance: Path, **more: str) -> dict[str, str]:
    """Return the environment of a copy: nothing of the machine's own settings."""
    port = url.rsplit(":", 1)[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PORT": port, "INSTANCE_PATH": str(instance), "PYTHONUNBUFFERED": "1", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(instance: Path, **more: str) -> Service:
    """Start a copy with these settings and wait until it answers."""
    url = f"http://127.0.0.1:{free_port()}"
    instance.mkdir(parents=True, exist_ok=True)
    with (instance / "output.txt").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "wsgi"], cwd=ROOT, env=settings(url, instance, **more),
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{url}/saglik", timeout=2) as answer:
                if answer.status == 200:
                    return Service(url, instance, process, more)
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise AssertionError((instance / "output.txt").read_text())


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running copy with an empty database of its own."""
    running = start(tmp_path_factory.mktemp("journey"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """A real Chromium."""
    path = chromium.find()
    if path is None:
        pytest.skip(f"no Chromium: {chromium.HOW}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser; every page they come to is looked over."""

    def __init__(
        self, browser: Browser, service: Service, *, width: int, language: str, scripts: bool
    ) -> None:
        self.service, self.scripts = service, scripts
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            base_url=service.url,
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: object) -> None:
        if getattr(message, "type", "") == "error" and "status of 4" not in str(
            getattr(message, "text", "")
        ):
            self.complaints.append(f"{self.page.url}: {getattr(message, 'text', '')}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.service.url, "data:", "about:", "blob:")):
            self.complaints.append(f"asked for {url}")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.service.url).split("?")[0]

    def go(self, path: str) -> "Visitor":
        try:
            self.page.goto(path)
        except Error as error:  # the page we leave was just loading itself anew
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.goto(path)
        return self.look()

    def click(self, name: str | re.Pattern[str], role: str = "button") -> "Visitor":
        """Press the button (or link) of that name and look at where it leads."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        return self.look()

    def follow(self, name: str | re.Pattern[str]) -> "Visitor":
        return self.click(name, "link")

    def fill(self, **fields: str) -> "Visitor":
        """Fill fields by their form names."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        return self

    def look(self) -> "Visitor":
        """No accessibility fault, no sideways scrolling, one heading that is in the title.

        Faults of accessibility are looked for by a script, so only where scripts may run.
        """
        if self.scripts:
            self._look_over_what_is_new()
        wide = self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, f"{self.page.url} scrolls sideways"
        heading = self.page.locator("h1")
        assert heading.count() == 1, f"{self.page.url}: {heading.count()} main headings"
        assert self.complaints == [], self.complaints
        return self

    def _look_over_what_is_new(self) -> None:
        """Let the rules of accessibility look at every part whose like they have not seen."""
        new = self.page.evaluate(ALIKE, [sorted(looked_over), LOOKED_OVER])
        if not new:
            return
        found = AXE.run(
            self.page,
            context={"exclude": [[f"[{LOOKED_OVER}]"]]},
            options={"runOnly": RULES, "resultTypes": ["violations"]},
        )
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        looked_over.update(new)

    def sees(self, *texts: str) -> "Visitor":
        body = " ".join(self.page.locator("body").inner_text().split())
        for text in texts:
            assert text in body, f"{text!r} is not on {self.page.url}:\n{body[:3000]}"
        return self

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(chrome: Browser, service: Service) -> Iterator[Callable[..., Visitor]]:
    """Open a browser: visit(width=390, language="en-GB", scripts=False)."""
    visitors: list[Visitor] = []

    def opened(width: int = 1280, language: str = "tr-TR", scripts: bool = True) -> Visitor:
        visitors.append(Visitor(chrome, service, width=width, language=language, scripts=scripts))
        return visitors[-1]

    yield opened
    for visitor in visitors:
        visitor.close()

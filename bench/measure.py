"""Calls a WSGI application as a server would and keeps the times."""

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

WSGIApp = Callable[..., Any]


@dataclass(frozen=True)
class Figures:
    """Latency in milliseconds, requests per second, SQL statements of one request."""

    p50: float
    p95: float
    per_second: float
    statements: int

    @property
    def row(self) -> str:
        return (
            f"{self.p50:8.2f} ms  {self.p95:8.2f} ms  {self.per_second:8.1f} /s  "
            f"{self.statements:3d} statements"
        )


def environ(method: str, path: str, cookie: str, body: bytes = b"") -> dict[str, Any]:
    """Return the environment of one request."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT_LANGUAGE": "tr",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def call(app: WSGIApp, request: dict[str, Any]) -> tuple[int, bytes]:
    """Return the status and body of one request."""
    statuses: list[str] = []

    def start(status: str, _headers: Any, _error: Any = None) -> None:
        statuses.append(status)

    answer = app(request, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return int(statuses[0][:3]), body


def figures(
    app: WSGIApp,
    requests: Callable[[int], dict[str, Any]],
    *,
    engine: sa.Engine,
    seconds: float = 1.5,
    wanted: int = 200,
) -> Figures:
    """Measure `requests(number)` for a while after a warm-up; any other status is an error."""
    for number in range(3):
        status, body = call(app, requests(number))
        if status != wanted:
            raise RuntimeError(f"answered {status}, not {wanted}: {body[:2000].decode()}")
    statements = _statements(app, requests(3), engine)
    times: list[float] = []
    end = time.perf_counter() + seconds
    number = 4
    while time.perf_counter() < end or len(times) < 20:
        request = requests(number)
        begun = time.perf_counter()
        status, _ = call(app, request)
        times.append(time.perf_counter() - begun)
        if status != wanted:
            raise RuntimeError(f"answered {status}, not {wanted}")
        number += 1
    times.sort()
    return Figures(
        p50=statistics.median(times) * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        per_second=len(times) / sum(times),
        statements=statements,
    )


def _statements(app: WSGIApp, request: dict[str, Any], engine: sa.Engine) -> int:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        call(app, request)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)

"""Front-end files: ours carry their content's hash in the address, htmx comes from its package."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, send_file

from coordinator.access import public

A_YEAR = 365 * 24 * 3600
PACKAGE = find_spec("js_lib_htmx")
HTMX = (
    next(Path(PACKAGE.origin).parent.rglob("htmx.min.js")) if PACKAGE and PACKAGE.origin else None
)


def init_app(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.add_url_rule("/htmx.js", "htmx_script", htmx_script)
    known: dict[str, str] = {}

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            name = values["filename"]
            if name not in known:
                known[name] = _hash(Path(str(app.static_folder)) / name)
            values["v"] = known[name]


@public
def htmx_script() -> Any:
    """Serve htmx from the package that holds it."""
    if HTMX is None:
        raise FileNotFoundError("the package django-js-lib-htmx is not installed")
    return send_file(HTMX, mimetype="text/javascript", max_age=A_YEAR)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"

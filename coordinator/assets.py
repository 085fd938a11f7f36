"""Front-end files. Ours carry their content's hash in the address; others come from packages."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, send_file, url_for
from markupsafe import Markup

from coordinator.access import public

A_YEAR = 365 * 24 * 3600
PACKAGE = find_spec("js_lib_htmx")
HTMX = (
    next(Path(PACKAGE.origin).parent.rglob("htmx.min.js")) if PACKAGE and PACKAGE.origin else None
)
PHONE, NARROW = "screen and (max-width: 767.98px)", "screen and (max-width: 991.98px)"
SHEETS = (
    ("tokens", ""), ("base", ""), ("frame", ""), ("state", ""), ("page", ""), ("parts", ""),
    ("form", ""), ("choices", ""), ("list", ""), ("cards", PHONE), ("cards-wide", NARROW),
    ("window", ""), ("path", "screen and (min-width: 992px)"), ("public", ""), ("thread", ""),
    ("forced", "(forced-colors: active)"), ("print", "print"),
)  # fmt: skip


def init_app(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.add_url_rule("/htmx.js", "htmx_script", htmx_script)
    app.add_url_rule("/paydas.css", "stylesheet", stylesheet)
    app.extensions["stylesheet"] = sheet = joined(Path(str(app.static_folder)) / "css")
    app.extensions["stylesheets"] = None
    app.jinja_env.globals["stylesheets"] = stylesheets
    known: dict[str, str] = {"": short_hash(sheet)}

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            name = values["filename"]
            if name not in known:
                file = Path(str(app.static_folder)) / name
                known[name] = short_hash(file.read_bytes()) if file.is_file() else "missing"
            values["v"] = known[name]
        elif endpoint == "stylesheet":
            values["v"] = known[""]


@public
def htmx_script() -> Any:
    """Serve htmx from the package that holds it."""
    if HTMX is None:
        raise FileNotFoundError("the package django-js-lib-htmx is not installed")
    return send_file(HTMX, mimetype="text/javascript", max_age=A_YEAR)


@public
def stylesheet() -> Response:
    """Serve our style sheets as one: a phone fetches one file instead of seventeen."""
    response = Response(current_app.extensions["stylesheet"], mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    return response


def stylesheets() -> Markup:
    """Return the links to Bootstrap's style sheet and ours."""
    if current_app.extensions["stylesheets"] is None:
        addresses = (
            url_for("bootstrap.static", filename="css/bootstrap.min.css"),
            url_for("stylesheet"),
        )
        link = Markup('<link rel="stylesheet" href="{}">')
        current_app.extensions["stylesheets"] = Markup("\n").join(map(link.format, addresses))
    kept: Markup = current_app.extensions["stylesheets"]
    return kept


def joined(folder: Path) -> bytes:
    """Return our style sheets in their order, each inside the media it is for."""
    parts = []
    for name, media in SHEETS:
        text = (folder / f"{name}.css").read_text(encoding="utf-8")
        parts.append(f"@media {media} {{\n{text}\n}}" if media else text)
    return "\n".join(parts).encode()


def short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]

"""The icons in use, cut out of the sprite that Bootstrap-Flask carries.

The whole sprite is over a megabyte; a page needs a few kilobytes of it.
"""

import hashlib
import re
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Flask, Response, current_app, url_for
from markupsafe import Markup

from coordinator.access import public

PACKAGED = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/icons/bootstrap-icons.svg"
SYMBOL = re.compile(r'<symbol [^>]*\bid="([^"]+)".*?</symbol>', re.DOTALL)
YEAR = 31_536_000

NAMES = (
    "archive", "arrow-clockwise", "arrow-down", "arrow-left", "arrow-repeat", "arrow-right",
    "arrow-up", "bar-chart", "bell", "box-arrow-right", "building", "buildings", "calendar-event",
    "calendar-plus", "calendar3", "camera", "card-checklist", "chat-left-text", "check-lg",
    "check2-square", "chevron-down", "chevron-left", "chevron-right", "chevron-up",
    "clipboard-check", "clock", "clock-history", "collection", "copy", "database", "diagram-3",
    "download", "envelope", "envelope-open", "exclamation-triangle", "eye", "file-earmark",
    "file-earmark-pdf", "file-earmark-spreadsheet", "file-earmark-text", "files", "flag", "funnel",
    "gear", "geo-alt", "globe", "hand-thumbs-up", "house", "image", "inbox", "info-circle",
    "intersect", "journal-text", "key", "link-45deg", "list", "list-check", "list-ol", "lock",
    "megaphone",
    "mic", "moon", "paperclip", "pencil", "people", "person", "person-badge", "person-check",
    "person-plus", "person-x", "phone", "pin-map", "play", "plus-lg", "printer", "qr-code",
    "question-circle", "search", "send", "share", "shield-check", "signpost-split", "sliders",
    "star", "sun", "tag", "tags", "telephone", "three-dots", "translate", "trash",
    "universal-access", "upload", "whatsapp", "x-lg",
)  # fmt: skip

blueprint = Blueprint("icons", __name__)
_ICON = Markup('<svg class="p-icon" aria-hidden="true"><use href="{}#{}"></use></svg>')


class Sprite:
    """The cut-out sprite and a mark of its contents, so that browsers may keep it for a year."""

    def __init__(self, names: tuple[str, ...], source: Path) -> None:
        self.names = frozenset(names)
        packaged = {found[1]: found[0] for found in SYMBOL.finditer(source.read_text("utf-8"))}
        if missing := self.names - packaged.keys():
            raise LookupError(f"not in the Bootstrap icons: {', '.join(sorted(missing))}")
        symbols = "".join(packaged[name] for name in sorted(self.names))
        self.text = f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'
        self.mark = hashlib.sha256(self.text.encode()).hexdigest()[:12]
        self.drawn: dict[str, Markup] = {}


def icon(name: str) -> Markup:
    """Return the icon for use beside a word; it is hidden from screen readers."""
    sprite: Sprite = current_app.extensions["paydas_icons"]
    if name not in sprite.drawn:
        if name not in sprite.names:
            raise LookupError(f"add {name!r} to NAMES in coordinator/icons.py")
        url = url_for("icons.sprite", v=sprite.mark)
        sprite.drawn[name] = _ICON.format(url, name)
    return sprite.drawn[name]


@blueprint.get("/icons.svg")
@public
def sprite() -> Response:
    """The sprite that every icon points into."""
    response = Response(current_app.extensions["paydas_icons"].text, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def init_app(app: Flask) -> None:
    """Cut the sprite, register its route and the template global `icon`."""
    app.extensions["paydas_icons"] = Sprite(NAMES, PACKAGED)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["icon"] = icon

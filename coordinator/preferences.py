"""The reader's language and theme: a cookie each, and the account's own language."""

from typing import Any

from flask import Blueprint, Flask, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from coordinator.access import own_path, public
from coordinator.database import commit_on_success
from coordinator.i18n import LANGUAGES

THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("preferences", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"theme": theme()})


def theme() -> str | None:
    """Return light or dark where the reader chose, None where the system decides."""
    chosen = request.cookies.get("tema") if request else None
    return chosen if chosen in THEMES else None


@blueprint.post("/dil")
@public
@commit_on_success
def language() -> Any:
    chosen = request.form.get("language")
    back = redirect(own_path(request.form.get("next")) or "/")
    if chosen in LANGUAGES:
        if current_user.is_authenticated:
            current_user.language = chosen
        _remember(back, "dil", chosen)
    return back


@blueprint.post("/tema", endpoint="theme")
@public
def theme_switch() -> Any:
    chosen = request.form.get("theme")
    back = redirect(own_path(request.form.get("next")) or "/")
    if chosen in THEMES:
        _remember(back, "tema", chosen)
    else:
        back.delete_cookie("tema")
    return back


def _remember(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
    )

"""The pages of the local mailbox, for people at this machine only."""

import io
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    render_template,
    request,
    send_file,
    url_for,
)

from coordinator.access import public
from coordinator.mailbox import store

blueprint = Blueprint("mailbox", __name__, url_prefix="/yerel-posta", template_folder="templates")

PER_PAGE = 50
LOOPBACK = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
OWN_NAMES = {"127.0.0.1", "localhost", "[::1]"}
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation allow-popups"
)


@blueprint.before_request
def only_here() -> None:
    """Answer nobody but this machine: not through a proxy, not under another name."""
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    passed_on = any(header in request.headers for header in PASSED_ON)
    if request.remote_addr not in LOOPBACK or name not in OWN_NAMES or passed_on:
        abort(404)


@blueprint.get("/")
@public
def letters() -> str:
    """List caught letters, newest first."""
    sought = request.args.get("q", "").strip()[:200]
    names = store.search(sought) if sought else store.names()
    number = max(1, request.args.get("page", 1, type=int))
    shown = names[(number - 1) * PER_PAGE : number * PER_PAGE]
    return render_template(
        "mailbox/letters.html",
        letters=[store.listed(name) for name in shown],
        total=len(names),
        sought=sought,
        page=Pages(number, len(names)),
    )


@blueprint.get("/<name>")
@public
def letter(name: str) -> str:
    """Show one letter as it would arrive."""
    found = _found(name)
    frame = url_for("mailbox.paper", name=name)
    return render_template("mailbox/letter.html", letter=found, frame=frame)


@blueprint.get("/<name>/html")
@public
def paper(name: str) -> Response:
    """Answer the letter's HTML alone, for the frame on its page; its links open the whole page."""
    html = _found(name).html
    answer = make_response(f'<base target="_top">{html}' if html else "")
    answer.headers["Content-Security-Policy"] = LETTER_POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@blueprint.get("/<name>/ek/<int:number>")
@public
def attachment(name: str, number: int) -> Any:
    """Answer one attachment as a file."""
    found = _found(name).attachments
    if number >= len(found):
        abort(404)
    file = found[number]
    return send_file(
        io.BytesIO(file.data), mimetype=file.kind, as_attachment=True, download_name=file.name
    )


class Pages:
    """Where a page stands among all, as the pagination macro asks it."""

    def __init__(self, number: int, total: int) -> None:
        self.page, self.total = number, total
        self.pages = max(1, -(-total // PER_PAGE))
        self.has_prev, self.has_next = number > 1, number < self.pages


def _found(name: str) -> store.Opened:
    found = store.opened(name)
    if found is None:
        abort(404)
    return found

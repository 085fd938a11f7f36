"""RuleBroken, which operations raise, and the error pages."""

import secrets
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException


class RuleBroken(Exception):
    """A rule of the domain refuses what was asked; the reader sees `message`.

    `field` names the form field the message belongs beside, where there is one.
    """

    message: LazyString | str = _l("This cannot be done now.")
    status = 409

    def __init__(self, message: LazyString | str | None = None, field: str | None = None) -> None:
        if message is not None:
            self.message = message
        self.field = field
        super().__init__(str(type(self).__name__))

    def __str__(self) -> str:
        return str(self.message)


class SavedMeanwhile(RuleBroken):
    """Somebody else saved the record after this form was opened."""

    message = _l("Somebody else saved this record meanwhile. Both values are shown below.")


TEXTS: dict[int, tuple[LazyString, LazyString]] = {
    400: (_l("The request was not understood"), _l("Go back, reload the page and try again.")),
    403: (
        _l("This page is not open to you"),
        _l("Ask your administrator if you need it for your work."),
    ),
    404: (
        _l("There is no such page"),
        _l("The address may be mistyped, or the record may have been removed."),
    ),
    405: (
        _l("This address does not take that"),
        _l("Go back and use the button on the page."),
    ),
    409: (_l("This cannot be done now"), _l("Reload the page to see how things stand.")),
    410: (
        _l("This link is no longer valid"),
        _l("Use the newest letter you received. If it does not open either, call us."),
    ),
    413: (
        _l("What you sent is too large"),
        _l("Files may be at most 10 MB. Make it smaller and try again."),
    ),
    415: (_l("This kind of file is not taken"), _l("Choose another file.")),
    429: (_l("Too many tries"), _l("Wait five minutes and try again.")),
    500: (
        _l("Something went wrong on our side"),
        _l("Nothing was saved. Try again; if it happens again, tell us the number below."),
    ),
    503: (
        _l("The service is busy for a moment"),
        _l("Nothing was saved. Try again in a minute."),
    ),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(RuleBroken, show_rule_broken)
    app.register_error_handler(Exception, show_unexpected)


def error_page(
    status: int,
    title: Any = None,
    text: Any = None,
    reference: str | None = None,
    actions: list[tuple[str, str]] | None = None,
) -> tuple[str, int]:
    """Render the error page of a status; title and text default to the status's own.

    `actions` are the (label, address) pairs of the buttons below, instead of the first page.
    """
    own_title, own_text = TEXTS.get(status, TEXTS[400])
    page = render_template(
        "errors/error.html",
        status=status,
        title=title or own_title,
        text=text or own_text,
        reference=reference,
        actions=actions,
    )
    return page, status


def show_http_error(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error
    if error.code == 400 and "Host" in str(error.description):
        return "Bad Request: unknown host", 400
    told = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return *error_page(error.code or 500), told


def show_csrf_error(_error: CSRFError) -> Any:
    return error_page(
        400,
        _l("The page had been open for too long"),
        _l("Go back, reload the page and send it again. What you typed is still in the form."),
    )


def show_rule_broken(error: RuleBroken) -> Any:
    return error_page(error.status, text=error.message)


def show_unexpected(error: Exception) -> Any:
    reference = secrets.token_hex(4)
    g.error_reference = reference
    current_app.logger.error(
        "unexpected error %s at %s %s", reference, request.method, request.endpoint, exc_info=error
    )
    return error_page(500, reference=reference)

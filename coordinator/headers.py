"""What every answer says to the browser: where content may come from, and who may keep it."""

import secrets

from flask import Flask, Response, g, request, session

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)

LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""Of a letter shown in a frame: a mail carries its style in itself, and does nothing."""


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce
    app.after_request(add_headers)


def nonce() -> str:
    """Return this answer's nonce."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def keep_private() -> None:
    """Mark this answer as one behind a personal link: not stored, not indexed, no referrer."""
    g.private_answer = True


def add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce()))
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("X-Frame-Options", "DENY")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    private = g.get("private_answer", False)
    headers["Referrer-Policy"] = "no-referrer" if private else "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if private:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if private or ("sid" in session and not (request.endpoint or "").endswith("static")):
        headers["Cache-Control"] = "no-store"
        headers.add("Vary", "Cookie")
    return response

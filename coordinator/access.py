"""Who may use a view: every view says so, and one that does not is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from coordinator.states import Shown

View = TypeVar("View", bound=Callable[..., Any])


class Role(Shown):
    """What an account may do; see `permissions.py` of each feature for the details."""

    ADMIN = "admin", _l("Administrator")
    STAFF = "staff", _l("Staff")
    VIEWER = "viewer", _l("Viewer (read only)")
    REPRESENTATIVE = "representative", _l("NGO representative")


ADMINS = frozenset({Role.ADMIN})
WRITERS = frozenset({Role.ADMIN, Role.STAFF})
READERS = frozenset({Role.ADMIN, Role.STAFF, Role.VIEWER})
REPRESENTATIVES = frozenset({Role.REPRESENTATIVE})
EVERYONE = frozenset(Role)


def public(view: View) -> View:
    """Declare a view that needs no account; a token in its address may be the credential."""
    view.access = None  # type: ignore[attr-defined]
    return view


def requires(roles: frozenset[Role]) -> Callable[[View], View]:
    """Declare the roles whose accounts may use a view: one of the sets above."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        guarded.access = roles  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def ask_to_sign_in() -> Any:
    """Send a person to the sign-in page, to come back afterwards where that is safe."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=back))


def authorize(predicate: Callable[..., bool], *records: Any) -> None:
    """Answer 404 unless predicate(current_user, *records): foreign looks like absent."""
    if not predicate(current_user, *records):
        abort(404)


def own_path(target: str | None) -> str | None:
    """Return `target` if it is a path of this site as a browser would read it, else None."""
    if not target or not target.startswith("/") or any(ord(letter) < 33 for letter in target):
        return None
    if target.startswith("//") or "\\" in target:
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def init_app(app: Flask) -> None:
    app.before_request(refuse_nul)
    app.before_request(refuse_undeclared)


def refuse_nul() -> None:
    """Refuse an address with a NUL in it: PostgreSQL cannot even be asked for one."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in part for pair in request.args.items(multi=True) for part in pair):
        abort(400)


def refuse_undeclared() -> None:
    """Refuse a view that carries neither @public nor @requires."""
    if request.endpoint is None or request.endpoint.endswith("static"):
        return
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, "access"):
        current_app.logger.error("view %s does not say who may use it", request.endpoint)
        abort(403)

"""The page that a round letter's "leave" link opens, and the one click of mail programs.

A mail program that knows RFC 8058 posts there by itself, without having seen the page: no cookie
and no token of ours, and the letter's own part in the address is all that it shows. That one body
is taken without the token that all forms carry, and does nothing but leave.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from coordinator.access import public
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import error_page
from coordinator.extensions import csrf
from coordinator.headers import keep_private
from coordinator.i18n import read_in
from coordinator.optouts import operations, queries
from coordinator.outbox.models import OutboxLetter
from coordinator.reachability import masked_email

blueprint = Blueprint("optouts", __name__, template_folder="templates")


@blueprint.get("/ayril/<code>")
@public
def show(code: str) -> Any:
    """What it means to leave, and one button; nothing changes here."""
    letter = _letter(code)
    if not isinstance(letter, OutboxLetter):
        return letter
    said = queries.of_address(letter.to_address)
    return render_template(
        "optouts/leave.html",
        code=code,
        address=masked_email(letter.to_address),
        gone=said is not None and said.stands,
        back=said is not None and not said.stands,
    )


@blueprint.post("/ayril/<code>")
@csrf.exempt  # type: ignore[untyped-decorator]
@public
@commit_on_success
def leave(code: str) -> Any:
    letter = _letter(code)
    if not isinstance(letter, OutboxLetter):
        return letter
    actor, address = Actor.link(letter.to_name), letter.to_address
    if request.form.get("List-Unsubscribe") == "One-Click":
        operations.leave(address=address, via="one-click", actor=actor)
        return "", 204
    csrf.protect()
    if "geri" in request.form:
        operations.come_back(address=address, actor=actor)
    else:
        operations.leave(address=address, via="page", actor=actor)
    return redirect(url_for(".show", code=code), 303)


def _letter(code: str) -> Any:
    """Return the letter that the address belongs to, or the page that says why there is none."""
    keep_private()
    letter = queries.letter_by_code(code)
    if letter is None:
        return error_page(
            404,
            _("This link leads nowhere"),
            _("It may have been cut off on the way. Open it from the letter once more."),
        )
    read_in(letter.language)
    return letter

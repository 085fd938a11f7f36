"""Addresses from which letters came back, until somebody clears them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.actors import Actor
from coordinator.administration import queries
from coordinator.administration.views.blueprint import asked, blueprint, paged
from coordinator.database import commit_on_success
from coordinator.invitations.held_back import cleared
from coordinator.outbox import operations
from coordinator.outbox import queries as outbox
from coordinator.wording import one_line


@blueprint.get("/yonetim/gonderiler/bekleyen-adresler")
@requires(READERS)
def holds() -> Any:
    page = paged(queries.held_addresses(asked("ara")))
    return render_template(
        "administration/holds.html",
        page=page,
        letters=queries.letters_of(current_user, page.items),
        waiting=outbox.count_kept_back(page.items),
        may_clear=current_user.role in WRITERS,
        search=asked("ara"),
    )


@blueprint.post("/yonetim/gonderiler/bekleyen-adresler/kaldir")
@requires(WRITERS)
@commit_on_success
def release() -> Any:
    address = one_line(request.form.get("address", ""))[:254]
    back = one_line(request.form.get("letter", ""))[:12]
    actor = Actor.account(current_user)
    operations.release(address, actor=actor)
    again = operations.resend_kept_back(address, actor) if request.form.get("yeniden") else 0
    flash(cleared(address, again), "success")
    if back:
        return redirect(url_for("administration.delivery", public_id=back))
    return redirect(url_for("administration.holds"))

"""The first page of administration."""

from flask import current_app, render_template, url_for
from flask_login import current_user

from coordinator.access import READERS, requires
from coordinator.administration import queries
from coordinator.administration.views.blueprint import blueprint
from coordinator.outbox.models import LetterState


@blueprint.get("/yonetim")
@requires(READERS)
def hub() -> str:
    counts = queries.letter_counts(current_user)
    offered = "demo.offer" in current_app.view_functions
    return render_template(
        "administration/hub.html",
        undelivered=counts[LetterState.FAILED],
        waiting=counts[LetterState.QUEUED] + counts[LetterState.DEFERRED],
        demo=url_for("demo.offer") if offered else None,
    )

"""The first page of administration."""

from flask import render_template
from flask_login import current_user

from coordinator.access import READERS, requires
from coordinator.administration import queries
from coordinator.administration.views.blueprint import blueprint
from coordinator.administration.views.set_up import demo_url
from coordinator.outbox.models import LetterState


@blueprint.get("/yonetim")
@requires(READERS)
def hub() -> str:
    counts = queries.letter_counts(current_user)
    return render_template(
        "administration/hub.html",
        undelivered=counts[LetterState.FAILED],
        waiting=counts[LetterState.QUEUED] + counts[LetterState.DEFERRED],
        demo=demo_url(),
    )

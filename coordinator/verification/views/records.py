"""How old each record is, who answers for it, whom to call."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import READERS, WRITERS, own_path, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.paging import page_number
from coordinator.registry import queries as registry
from coordinator.registry.listing.filters import Filters
from coordinator.verification import operations, queries
from coordinator.verification.blueprint import blueprint
from coordinator.verification.views import words
from coordinator.verification.views.loading import organization_or_404


@blueprint.get("/dogrulama/kayitlar")
@requires(READERS)
def records() -> Any:
    """All active records, the old ones first asked for, with whom to call."""
    given = {name: request.args.get(name, "") for name in ("ara", "ilce")}
    which = request.args.get("hangi", "eski")
    counts = queries.counts()
    return render_template(
        "verification/records.html",
        counts=counts,
        summary=words.state_of_records(counts),
        which=which,
        given=given,
        districts=[("", _("All")), *((one.slug, one.name) for one in registry.district_names())],
        page=queries.by_age(Filters.read(given), which, page_number()),
        may_write=current_user.role in WRITERS,
    )


@blueprint.post("/dogrulama/kayitlar/<public_id>/kontrol")
@requires(WRITERS)
@commit_on_success
def check_record(public_id: str) -> Any:
    """Somebody of the branch looked today, or called."""
    organization = organization_or_404(public_id)
    operations.check_by_staff(organization=organization, actor=Actor.account(current_user))
    flash(_("Noted: %(name)s was checked today.", name=organization.name), "success")
    return redirect(own_path(request.form.get("geri")) or url_for(".records"), 303)

"""Who takes part in an activity."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from coordinator.access import WRITERS, requires
from coordinator.activities.forms import PartnerForm
from coordinator.activities.models import ActivityPartner, JointActivity, PartnerRole
from coordinator.activities.operations import partners as operations
from coordinator.activities.queries import organizations
from coordinator.activities.views.blueprint import activity_or_404, blueprint
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.wording import one_line


@blueprint.route("/etkinlikler/<public_id>/ortaklar/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_partner(public_id: str) -> Any:
    """Add an organisation that takes part; it is written to."""
    activity = activity_or_404(public_id)
    search = one_line(request.args.get("ara", ""))[:200]
    form = PartnerForm(words=search)
    if form.validate_on_submit():
        organization = organizations.find(form.organization.data) or abort(404)
        try:
            operations.add(
                activity,
                organization=organization,
                role=PartnerRole(form.role.data),
                contribution=form.contribution.data or "",
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("%(name)s takes part.", name=organization.name), "success")
            return back_to(activity)
    page = render_template(
        "activities/partner.html", form=form, activity=activity, partner=None, search=search
    )
    return page, form.status


@blueprint.route(
    "/etkinlikler/<public_id>/ortaklar/<organization_id>/degistir", methods=["GET", "POST"]
)
@requires(WRITERS)
@commit_on_success
def edit_partner(public_id: str, organization_id: str) -> Any:
    """Change what a partner does."""
    activity = activity_or_404(public_id)
    partner = partner_or_404(activity, organization_id)
    form = PartnerForm(obj=partner)
    if form.validate_on_submit():
        try:
            operations.change(
                partner,
                role=PartnerRole(form.role.data),
                contribution=form.contribution.data or "",
                version=form.opened_version,
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, partner)
        else:
            flash(_("The partner is saved."), "success")
            return back_to(activity)
    page = render_template(
        "activities/partner.html", form=form, activity=activity, partner=partner, search=""
    )
    return page, form.status


@blueprint.post("/etkinlikler/<public_id>/ortaklar/<organization_id>/cikar")
@requires(WRITERS)
@commit_on_success
def remove_partner(public_id: str, organization_id: str) -> Any:
    """Take a partner out of an activity."""
    activity = activity_or_404(public_id)
    partner = partner_or_404(activity, organization_id)
    name = partner.organization.name
    operations.remove(partner, actor=Actor.account(current_user))
    flash(_("%(name)s takes no part any more.", name=name), "success")
    return back_to(activity)


def partner_or_404(activity: JointActivity, organization_id: str) -> ActivityPartner:
    found = (one for one in activity.partners if one.organization.public_id == organization_id)
    return next(found, None) or abort(404)


def back_to(activity: JointActivity) -> Any:
    return redirect(url_for("activities.show", public_id=activity.public_id) + "#ortaklar", 303)

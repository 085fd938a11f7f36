"""What everybody may read: the privacy notice and the accessibility statement."""

from flask import Blueprint, render_template

from coordinator.access import public

blueprint = Blueprint("institution", __name__, template_folder="templates")


@blueprint.get("/kisisel-veriler")
@public
def privacy() -> str:
    return render_template("institution/privacy.html")


@blueprint.get("/erisilebilirlik")
@public
def accessibility() -> str:
    return render_template("institution/accessibility.html")

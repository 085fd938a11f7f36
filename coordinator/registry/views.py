"""The pages of organisations: list, one organisation, add, edit, status."""

from functools import cache
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import EVERYONE, READERS, REPRESENTATIVES, WRITERS, authorize, requires
from coordinator.actors import Actor
from coordinator.database import commit_on_success
from coordinator.errors import RuleBroken
from coordinator.i18n import language, number
from coordinator.registry import listing, operations, permissions, queries, sections
from coordinator.registry.blueprint import blueprint
from coordinator.registry.forms import OrganizationForm, PressForm, ReachedForm, StatusForm
from coordinator.registry.models import Organization, OrgStatus, OrgType
from coordinator.registry.operations import MaybeSame
from coordinator.states import Shown

EDITORS = WRITERS | REPRESENTATIVES


@blueprint.get("/kuruluslar")
@requires(READERS)
def organizations() -> Any:
    filters = listing.Filters.read(request.args)
    page = listing.organizations_page(filters, _page_number())
    choices = _choices()
    return render_template(
        "registry/organizations.html",
        filters=filters,
        page=page,
        sentence=_counted(page.total),
        choices=choices,
        chips=_chips(filters, choices),
        kinds=_words(OrgType, language()),
        may_add=current_user.role in WRITERS,
    )


@blueprint.get("/kuruluslar/<public_id>")
@requires(EVERYONE)
def organization(public_id: str) -> Any:
    found = queries.organization(public_id)
    authorize(permissions.can_see, found)
    assert found is not None
    return render_template(
        "registry/organization.html",
        organization=found,
        sections=sections.shown(found),
        accounts=queries.accounts_of(found.contacts) if current_user.is_staff else {},
        notes_shown=permissions.can_see_notes(current_user, found),
        may_edit=permissions.can_edit(current_user, found),
        may_write=current_user.role in WRITERS,
        press=PressForm(),
    )


@blueprint.route("/kuruluslar/yeni", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def new_organization() -> Any:
    form = OrganizationForm()
    if form.validate_on_submit():
        try:
            added = operations.add_organization(
                actor=Actor.account(current_user),
                knowingly="knowingly" in request.form,
                **form.values(),
            )
        except MaybeSame as error:
            return _new_page(form, matches=error.matches), error.status
        except RuleBroken as error:
            form.refuse(error)
        else:
            flash(_("%(name)s is added.", name=added.name), "success")
            return redirect(_url(added))
    return _new_page(form), form.status


def _new_page(form: OrganizationForm, matches: Any = ()) -> Any:
    return render_template("registry/organization_new.html", form=form, matches=matches)


@blueprint.route("/kuruluslar/<public_id>/duzenle", methods=["GET", "POST"])
@requires(EDITORS)
@commit_on_success
def edit_organization(public_id: str) -> Any:
    found = _editable(public_id)
    kind = OrganizationForm if current_user.is_staff else ReachedForm
    form = kind(obj=found)
    if form.validate_on_submit():
        try:
            operations.edit_organization(
                organization=found,
                version=form.opened_version,
                actor=Actor.account(current_user),
                **form.values(),
            )
        except RuleBroken as error:
            form.refuse(error, found)
        else:
            flash(_("Saved."), "success")
            return redirect(_url(found))
    return render_template(
        "registry/organization_edit.html", form=form, organization=found
    ), form.status


@blueprint.route("/kuruluslar/<public_id>/durum", methods=["GET", "POST"])
@requires(WRITERS)
@commit_on_success
def change_status(public_id: str) -> Any:
    found = _editable(public_id)
    form = StatusForm(obj=found)
    if form.validate_on_submit():
        try:
            operations.change_status(
                organization=found,
                version=form.opened_version,
                status=OrgStatus(form.org_status.data),
                actor=Actor.account(current_user),
            )
        except RuleBroken as error:
            form.refuse(error, found)
        else:
            flash(_("Saved."), "success")
            return redirect(_url(found))
    return render_template(
        "registry/organization_status.html", form=form, organization=found
    ), form.status


@blueprint.post("/kuruluslar/<public_id>/kontrol")
@requires(WRITERS)
@commit_on_success
def mark_checked(public_id: str) -> Any:
    found = _editable(public_id)
    operations.mark_checked(organization=found, actor=Actor.account(current_user))
    flash(_("Noted: the details were checked today."), "success")
    return redirect(_url(found))


@blueprint.get("/kurulusumuz")
@requires(REPRESENTATIVES)
def own_organizations() -> Any:
    mine = queries.represented(current_user)
    if len(mine) == 1:
        return redirect(_url(mine[0]))
    return render_template("registry/own_organizations.html", organizations=mine)


def _editable(public_id: str) -> Organization:
    found = queries.organization(public_id)
    authorize(permissions.can_edit, found)
    assert found is not None
    return found


def _url(organization: Organization) -> str:
    return url_for("registry.organization", public_id=organization.public_id)


def _list_url(filters: listing.Filters) -> str:
    query: dict[str, Any] = dict(filters.as_query())
    return url_for("registry.organizations", **query)


def _page_number() -> int:
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _counted(total: int) -> str:
    return str(
        ngettext("%(shown)s organisation", "%(shown)s organisations", total, shown=number(total))
    )


@cache
def _words(kind: type[Shown], _language: str) -> dict[str, str]:
    """Return the words of an enumeration in the reader's language; a list asks for dozens."""
    return {member.value: str(member.word) for member in kind}


def _choices() -> dict[str, list[tuple[str, Any]]]:
    """Return the choices of each filter."""
    everything = ("", _("All"))
    return {
        "ilce": [everything, *((one.slug, one.name) for one in queries.district_names())],
        "tur": [everything, *_words(OrgType, language()).items()],
        "alan": [everything, *queries.work_area_names(language())],
        "durum": [
            everything,
            (listing.ATTENTION, _("Needs attention")),
            *_words(OrgStatus, language()).items(),
        ],
    }


def _chips(
    filters: listing.Filters, choices: dict[str, list[tuple[str, Any]]]
) -> list[tuple[str, str]]:
    """Return the active filters, each with the address of the list without it."""
    words = {name: dict(pairs) for name, pairs in choices.items()}
    return [
        (
            f"“{value}”" if name == "ara" else str(words[name].get(value, value)),
            _list_url(filters.without(name)),
        )
        for name, value in filters.as_query().items()
    ]

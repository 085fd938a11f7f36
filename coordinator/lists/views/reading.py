"""All lists, and one of them."""

from typing import Any

from flask import abort, render_template
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.i18n import language
from coordinator.lists import queries, uses, words
from coordinator.lists.blueprint import blueprint
from coordinator.lists.forms import PressForm
from coordinator.lists.models import ListKind
from coordinator.lists.views.loading import list_or_404
from coordinator.paging import page_number
from coordinator.registry import listing
from coordinator.registry import queries as registry
from coordinator.registry.listing.words import words_of
from coordinator.registry.models import OrgType


@blueprint.get("")
@requires(READERS)
def index() -> Any:
    page = queries.page(page_number())
    return render_template(
        "lists/index.html",
        page=page,
        held=queries.held(page.items),
        searched={one.id: words.searched(one) for one in page.items},
        words=words,
    )


@blueprint.get("/kurulus/<public_id>")
@requires(READERS)
def of_organization(public_id: str) -> Any:
    """Show the lists on which one organisation stands today."""
    organization = registry.organization(public_id) or abort(404)
    return render_template(
        "lists/of_organization.html",
        organization=organization,
        groups=queries.groups_of(organization),
        searches=queries.searches_finding(organization),
    )


@blueprint.get("/<public_id>")
@requires(READERS)
def show(public_id: str) -> Any:
    one = list_or_404(public_id)
    filters = queries.filters_of(one)
    held = queries.held([one])[one.id]
    return render_template(
        "lists/list.html",
        one=one,
        filters=filters,
        searched=words.searched(one),
        held=held,
        sentence=words.sentence(held),
        page=listing.organizations_page(queries.only(one), page_number()),
        kinds=words_of(OrgType, language()),
        uses=uses.shown(one),
        export=queries.only(one).as_query(),
        removable=one.kind is ListKind.FIXED and current_user.role in WRITERS,
        press=PressForm(),
    )

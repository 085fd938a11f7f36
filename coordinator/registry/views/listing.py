"""The list of organisations: searched as one types, cut, paged."""

from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from coordinator.access import READERS, WRITERS, requires
from coordinator.i18n import language, number
from coordinator.paging import page_number
from coordinator.registry import listing, places
from coordinator.registry.blueprint import blueprint
from coordinator.registry.listing import criteria
from coordinator.registry.listing import words as filter_words
from coordinator.registry.listing.reasons import reasons
from coordinator.registry.models import OrgType
from coordinator.registry.search.asking import Search
from coordinator.registry.search.marks import Marker

MOST_SUGGESTED = 8


@blueprint.get("/kuruluslar")
@requires(READERS)
def organizations() -> Any:
    filters = listing.Filters.read(request.args)
    page = listing.organizations_page(filters, page_number())
    mark = Marker(page.search)
    return render_template(
        "registry/organizations.html",
        filters=filters,
        page=page,
        mark=mark,
        reasons=reasons(page.items, mark),
        sentence=_counted(page.total),
        nearly=_nearly(page.search),
        labels=filter_words.labels(),
        choices=filter_words.choices(),
        criteria=list(criteria.known().values()),
        chips=_chips(filters),
        kinds=filter_words.words_of(OrgType, language()),
        may_add=current_user.role in WRITERS,
        places=places.shown(),
        deeds=places.deeds(filters),
        bulk=places.bulk(),
    )


@blueprint.get("/kuruluslar/oneriler")
@requires(READERS)
def suggestions() -> Any:
    """Answer what is being typed with a piece of the page: the first few that it finds."""
    page = listing.suggested(listing.Filters.read(request.args).ara, MOST_SUGGESTED)
    mark = Marker(page.search)
    answer = make_response(
        render_template(
            "registry/_suggestions.html",
            page=page,
            mark=mark,
            reasons=reasons(page.items, mark, names_only=True),
            sentence=_suggested(page),
        )
    )
    answer.cache_control.no_store = True
    return answer


def _url(filters: listing.Filters) -> str:
    query: dict[str, Any] = dict(filters.as_query())
    return url_for("registry.organizations", **query)


def _counted(total: int) -> str:
    return str(
        ngettext("%(shown)s organisation", "%(shown)s organisations", total, shown=number(total))
    )


def _suggested(page: listing.Page) -> str:
    """Return what is said of the suggestions: how many there are, and whether all are shown."""
    if not page.total:
        return str(_("No organisation is like that"))
    said = [_counted(page.total)]
    if nearly := _nearly(page.search):
        said.append(nearly)
    if page.total > len(page.items):
        said.append(_("The first %(num)s are shown, Enter shows all.", num=len(page.items)))
    return " · ".join(said)


def _nearly(search: Search) -> str:
    """Return what is said where a typing error was forgiven, or nothing."""
    words = ", ".join(f"“{word}”" for word in search.forgiven)
    if not words:
        return ""
    return str(_("Nothing is written %(words)s. Shown is what is written nearly so.", words=words))


def _chips(filters: listing.Filters) -> list[tuple[str, str]]:
    """Return each value of the filters, with the address of the list without it."""
    return [
        (words, _url(filters.without(name, value)))
        for name, value, words in filter_words.each(filters)
    ]

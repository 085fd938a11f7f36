"""The list of pairs that are probably one organisation, and finding a pair by hand."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.access import READERS, WRITERS, requires
from coordinator.duplicates import queries
from coordinator.duplicates.blueprint import blueprint
from coordinator.duplicates.sides import couples, in_order, sides
from coordinator.duplicates.views.loading import editable
from coordinator.duplicates.views.paging import SIZE, asked_page
from coordinator.i18n import number
from coordinator.paging import Paged
from coordinator.registry import listing
from coordinator.wording import one_line


@blueprint.get("/benzerler")
@requires(READERS)
def suspects() -> Any:
    found = queries.last_suspects()
    page = Paged(asked_page(len(found)), len(found))
    shown = found[(page.page - 1) * SIZE : page.page * SIZE]
    return render_template(
        "duplicates/suspects.html", page=page, couples=couples(shown), sentence=_told(len(found))
    )


@blueprint.get("/birlestir")
@requires(WRITERS)
def choose_first() -> Any:
    """Find the first record of a pair by its name."""
    return render_template("duplicates/choose.html", first=None, **_hits(None))


@blueprint.get("/<public_id>/birlestir")
@requires(WRITERS)
def choose(public_id: str) -> Any:
    """Find the other record by its name; those that look like it stand on top."""
    first = editable(public_id)
    alike = [one for one in queries.last_suspects() if first.id in (one.first, one.second)]
    return render_template(
        "duplicates/choose.html", first=first, couples=couples(alike[:SIZE]), **_hits(first.id)
    )


def _hits(first: int | None) -> dict[str, Any]:
    """Return what the search finds, each with which of the two records is the one to keep."""
    text = one_line(request.args.get("ara", ""))[:200]
    if not text:
        return {"text": "", "hits": None, "more": False}
    page = listing.organizations_page(listing.Filters.read({"ara": text}))
    ids = [one.id for one in page.items if one.id != first][:SIZE]
    known = sides({*ids, *filter(None, [first])})
    pairs = [
        in_order(known[first], known[one]) if first in known else (known[one], known[one])
        for one in ids
        if one in known
    ]
    hits = [(known[one], *pair) for one, pair in zip(ids, pairs, strict=True)]
    return {"text": text, "hits": hits, "more": page.total > len(hits) + 1}


def _told(total: int) -> str:
    if not total:
        return _("No two records look like one organisation.")
    return str(
        ngettext(
            "%(shown)s pair of records is probably one organisation.",
            "%(shown)s pairs of records are probably one organisation each.",
            total,
            shown=number(total),
        )
    )

"""Lists in the reader's words: what is searched, how many stand there, how many are reached."""

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.i18n import number
from coordinator.lists import queries
from coordinator.lists.models import ListKind, OrganizationList
from coordinator.lists.queries import Held
from coordinator.registry import listing


def searched(one: OrganizationList) -> list[str] | None:
    """Return what a saved search looks for; None where a part of it is no longer known."""
    if one.kind is ListKind.FIXED:
        return []
    filters = queries.filters_of(one)
    return None if filters is None else listing.described(filters)


def organizations(count: int) -> str:
    """“14 organisations”."""
    return str(
        ngettext("%(shown)s organisation", "%(shown)s organisations", count, shown=number(count))
    )


def addresses(count: int) -> str:
    """“17 addresses”."""
    return str(ngettext("%(shown)s address", "%(shown)s addresses", count, shown=number(count)))


def sentence(held: Held) -> str:
    """Say what a list holds: how many, how many of them letters reach, how many do not work."""
    if not held.organizations:
        return _("No organisation is on this list now.")
    said = [_("%(organisations)s on this list.", organisations=organizations(held.organizations))]
    if held.reached:
        said.append(
            _(
                "Letters reach %(count)s of them, at %(addresses)s.",
                count=number(held.reached),
                addresses=addresses(held.addresses),
            )
        )
    else:
        said.append(_("No letter reaches any of them."))
    if resting := held.organizations - held.at_work:
        said.append(
            ngettext(
                "One is not at work and is not invited.",
                "%(shown)s are not at work and are not invited.",
                resting,
                shown=number(resting),
            )
        )
    return " ".join(said)

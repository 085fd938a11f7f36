"""By which choices organisations come to a meeting's list, as a command names them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from coordinator import turkish
from coordinator.command_line import in_turkish
from coordinator.extensions import db
from coordinator.invitations.candidates import Route
from coordinator.invitations.queries.earlier import Guests
from coordinator.lists import queries as lists
from coordinator.meetings.commands import meeting_named
from coordinator.registry.commands import organization_named
from coordinator.registry.listing import Filters, choose, described
from coordinator.registry.models import Organization, OrgStatus
from coordinator.registry.queries import TermName, districts, target_group_terms, work_area_terms


@dataclass(frozen=True)
class Asked:
    """What the command was given."""

    everybody: bool
    organisations: tuple[str, ...]
    lists: tuple[str, ...]
    guests: tuple[str, ...]
    who: Guests
    districts: tuple[str, ...]
    areas: tuple[str, ...]
    targets: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """Organisations at work, and the choice that led to them in the words that are kept."""

    source: str
    organizations: list[Organization]


def paths(asked: Asked) -> list[Path]:
    """Return what each choice leads to; if that is nobody at all, the command ends."""
    narrow = _narrow(asked)
    if asked.everybody and (asked.lists or asked.guests):
        raise click.UsageError("--all is everybody: leave --list and --guests out")
    routes = [Route(_filters_named(name)) for name in asked.lists]
    routes += [Route(Filters(), meeting_named(text), asked.who) for text in asked.guests]
    found = [_found(route, narrow) for route in routes]
    if asked.everybody or (narrow and not routes):
        found.append(_found(Route(narrow), Filters()))
    if asked.organisations:
        found.append(_by_hand(asked.organisations))
    if not found:
        raise click.UsageError(
            "say whom to invite: --all, --organisation, --list, --guests, --district, --area,"
            " --target or --kind"
        )
    if not any(path.organizations for path in found):
        raise click.ClickException("no organisation at work is found by that now")
    return found


def _found(route: Route, narrow: Filters) -> Path:
    asked = route.asked()
    if narrow:
        asked = asked.where(Organization.id.in_(lists.ids(choose(narrow))))
    with in_turkish():
        source = "; ".join([route.words, *described(narrow)])
    return Path(source, list(db.session.scalars(asked)))


def _by_hand(names: Iterable[str]) -> Path:
    found = [organization_named(text) for text in names]
    for one in found:
        if one.status is not OrgStatus.ACTIVE:
            raise click.ClickException(f"{one.name} is {one.status.value}, so it is not invited")
    with in_turkish():
        return Path(Route(Filters()).words, list(dict.fromkeys(found)))


def _narrow(asked: Asked) -> Filters:
    areas, targets = work_area_terms(), target_group_terms()
    return Filters(
        ilce=tuple(_needed(_district, name, "district") for name in asked.districts),
        alan=tuple(_needed(lambda one: _term(areas, one), x, "field of work") for x in asked.areas),
        hedef=tuple(
            _needed(lambda one: _term(targets, one), x, "target group") for x in asked.targets
        ),
        tur=asked.kinds,
    )


def _filters_named(name: str) -> Filters:
    """Return what a saved list, a district or a field of work of that name leaves."""
    if saved := lists.filters_named(name):
        return saved
    if slug := _district(name):
        return Filters(ilce=(slug,))
    if code := _term(work_area_terms(), name):
        return Filters(alan=(code,))
    known = ", ".join(lists.names()) or "none"
    raise click.ClickException(
        f"there is no list, no district and no field of work called {name!r}. Lists: {known}"
    )


def _needed(find: Callable[[str], str | None], name: str, what: str) -> str:
    code = find(name)
    if code is None:
        raise click.ClickException(f"there is no {what} called {name!r}")
    return code


def _district(name: str) -> str | None:
    wanted = turkish.search_key(name)
    for one in districts():
        if wanted in (turkish.search_key(one.name), turkish.search_key(one.slug)):
            return one.slug
    return None


def _term(terms: list[TermName], name: str) -> str | None:
    wanted = turkish.search_key(name)
    for one in terms:
        if wanted in map(turkish.search_key, (one.name("tr"), one.name("en"), one.code)):
            return one.code
    return None

"""Which organisation is meant on the command line."""

import click

from coordinator.registry import listing
from coordinator.registry.models import Organization
from coordinator.registry.queries import organizations_named

SUGGESTED = 5


def organization_named(text: str) -> Organization:
    """Return the one organisation that a text names: page address, register number, or name.

    Where it names several, or none, the command ends and says between which to choose.
    """
    found = organizations_named(text)
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(
            f"{len(found)} organisations are called {text!r}; say which by its code:"
            + "".join(_line(one.public_id, one.name, _of(one)) for one in found)
        )
    alike = listing.suggested(text, SUGGESTED).items
    raise click.ClickException(
        f"there is no organisation called {text!r}"
        + ("; these are alike:" if alike else "")
        + "".join(_line(one.public_id, one.name, one.district or "") for one in alike)
    )


def _of(one: Organization) -> str:
    known = (one.district.name if one.district else "", one.registry_no, one.email)
    return ", ".join(filter(None, known))


def _line(code: str, name: str, about: str) -> str:
    return f"\n  {code}  {name}" + (f" ({about})" if about else "")

"""What pages say of addresses and their letters, wherever a hold is cleared."""

from flask_babel import gettext as _
from flask_babel import ngettext


def cleared(address: str, again: int = 0) -> str:
    """Say that an address is on hold no longer, and whether what had waited is on its way."""
    said = _("%(address)s is on hold no longer.", address=address)
    if not again:
        later = _("Nothing was sent now; letters to come go there.")
        return f"{said} {later}"
    return f"{said} " + ngettext(
        "One letter that had not gone waits to be sent.",
        "%(num)s letters that had not gone wait to be sent.",
        again,
    )

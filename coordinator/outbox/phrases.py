"""What pages say of addresses and their letters, wherever a hold is cleared."""

from flask_babel import gettext as _
from flask_babel import ngettext


def cleared(address: str, again: int = 0) -> str:
    """Say that letters go to an address again, and how many that had waited are on their way."""
    said = _("Letters go to %(address)s again.", address=address)
    if not again:
        return said
    return f"{said} " + ngettext(
        "One letter that had not gone waits to be sent.",
        "%(num)s letters that had not gone wait to be sent.",
        again,
    )

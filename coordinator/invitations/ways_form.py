"""The form that says to whom of an organisation the invitation goes, and in what way."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.fields import Choice, Number
from coordinator.forms import EditForm
from coordinator.invitations.models import Addressee, Invitation, ListKind
from coordinator.invitations.operations import Place, Way
from coordinator.registry.models import Channel, Contact
from coordinator.registry.queries import Recipient

OWN = "own"
OFFERED = (
    Channel.EMAIL,
    Channel.EBYS,
    Channel.POST,
    Channel.BY_HAND,
    Channel.PHONE,
    Channel.WHATSAPP,
)


class WaysForm(EditForm):
    """The heading, the places, and a way for each contact; the fields of these are added."""

    list_kind = Choice(_l("Heading in the distribution list"), choices=ListKind.choices())
    seats = Number(
        _l("How many people may they send?"),
        least=1,
        most=50,
        description=_l("Leave it empty: as many as the meeting says."),
    )
    contacts: Sequence[Contact] = ()

    @property
    def place(self) -> Place:
        return Place(ListKind(self.list_kind.data), self.seats.data)

    @property
    def ways(self) -> list[Way]:
        """Return the ways that were chosen, of the contacts first."""
        asked = [(one, self[name_of(one)].data) for one in self.contacts]
        return [
            Way(contact, Channel(code))
            for contact, code in (*asked, (None, self[OWN].data))
            if code
        ]


def name_of(contact: Contact) -> str:
    """Return the field's name."""
    return f"contact_{contact.public_id}"


def ways_form(
    invitation: Invitation, rows: Sequence[Addressee], usual: Sequence[Recipient]
) -> WaysForm:
    """Return the form, filled with what was chosen, else with how they are reached anyway."""
    organization = invitation.organization
    contacts = organization.active_contacts
    fields: dict[str, Any] = {
        name_of(one): Choice(_who(one), choices=_offered(one.email)) for one in contacts
    }
    fields[OWN] = Choice(
        _("The organisation itself (%(name)s)", name=organization.name),
        choices=_offered(organization.email),
    )
    kind = type("FilledWaysForm", (WaysForm,), fields)
    values = {
        name_of(one): _chosen(one.id, rows, usual) or _preferred(one, rows, usual)
        for one in contacts
    }
    form: WaysForm = kind(obj=invitation, data={**values, OWN: _chosen(None, rows, usual)})
    form.contacts = contacts
    return form


def _who(one: Contact) -> str:
    marks = [
        one.position,
        _("primary contact") if one.is_primary else "",
        _("deputy") if one.is_deputy else "",
    ]
    about = ", ".join(filter(None, marks))
    return f"{one.full_name} ({about})" if about else one.full_name


def _offered(email: str) -> list[tuple[str, str]]:
    words = {one: str(one.word) for one in OFFERED}
    words[Channel.EMAIL] = f"{words[Channel.EMAIL]}: {email}" if email else _("E-mail (no address)")
    return [("", _("Not asked")), *((one.value, word) for one, word in words.items())]


def _chosen(contact_id: int | None, rows: Sequence[Addressee], usual: Sequence[Recipient]) -> str:
    if rows:
        return next((row.channel.value for row in rows if row.contact_id == contact_id), "")
    written = any(one.contact_id == contact_id for one in usual)
    return Channel.EMAIL.value if written else ""


def _preferred(one: Contact, rows: Sequence[Addressee], usual: Sequence[Recipient]) -> str:
    """How the primary contact wants to be reached, where nobody is written to."""
    if rows or usual or not one.is_primary:
        return ""
    wanted = one.preferred_channel
    return wanted.value if wanted in OFFERED[1:] else Channel.PHONE.value

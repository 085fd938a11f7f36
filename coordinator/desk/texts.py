"""A ready text that staff send from their own phone: nothing leaves the server by itself."""

from dataclasses import dataclass
from urllib.parse import quote

import phonenumbers
from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator import links
from coordinator.institution import queries as institution
from coordinator.invitations.models import Addressee
from coordinator.invitations.occasion import describe
from coordinator.wording import defused, one_line

MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


@dataclass(frozen=True)
class ReadyText:
    """A text with the personal link of one addressee; `whatsapp` is empty without a mobile."""

    addressee: Addressee
    to: str
    language: str
    text: str
    whatsapp: str


def ready_text(addressee: Addressee) -> ReadyText | None:
    """Return the text for an addressee whose link was made and still opens."""
    if addressee.link is None or not links.is_open(addressee.link):
        return None
    invitation, contact = addressee.invitation, addressee.contact
    language = contact.preferred_language if contact else "tr"
    name = contact.full_name if contact else invitation.organization.name
    with force_locale(language):
        text = _wording(addressee, defused(one_line(name)))
    phone = contact.phone if contact else invitation.organization.phone
    return ReadyText(addressee, name, language, text, _whatsapp(phone, text))


def _wording(addressee: Addressee, name: str) -> str:
    invitation = addressee.invitation
    occasion, branch = describe(invitation.meeting), institution.current()
    url = links.absolute("invitations.answer", token=links.token_of(_link(addressee)))
    sentences = [
        _("Dear %(name)s,", name=name),
        _(
            "%(organization)s is invited to “%(meeting)s”: %(day)s, %(time)s, %(place)s.",
            organization=defused(one_line(invitation.name)),
            meeting=occasion.heading,
            day=occasion.day,
            time=occasion.time,
            place=occasion.place or _("online"),
        ),
        _("You can answer on this page by %(day)s:", day=occasion.deadline),
        url,
        branch.unit or branch.name if branch else "",
    ]
    return "\n".join(sentence for sentence in sentences if sentence)


def _link(addressee: Addressee) -> links.PersonalLink:
    if addressee.link is None:
        raise LookupError("this addressee has no link")
    return addressee.link


def _whatsapp(phone: str, text: str) -> str:
    digits = _mobile(phone)
    return f"https://wa.me/{digits}?text={quote(text)}" if digits else ""


def _mobile(phone: str) -> str:
    """Return the digits of a mobile number with its country, nothing for any other phone."""
    if not phone.startswith("+"):
        return ""
    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.number_type(parsed) not in MOBILE:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)[1:]

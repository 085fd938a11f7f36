"""Invitations on paper: a PDF with one page for each recipient, and the code that answers it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator import clock, printing
from coordinator.i18n import day
from coordinator.i18n import phone as shown_phone
from coordinator.institution import queries as institution
from coordinator.institution.models import Institution
from coordinator.invitations.emails import Envelope, Writer
from coordinator.invitations.models import Addressee, LetterKind
from coordinator.invitations.occasion import Occasion, describe
from coordinator.invitations.queries.addressees import recipient_of
from coordinator.letter_texts.words import Words
from coordinator.links import absolute

TEMPLATE = Path(__file__).parent / "print" / "letter.typ"


def letters(addressees: Sequence[Addressee], codes: Mapping[int, str]) -> bytes:
    """Return the letters of one meeting; `codes` are their short ones. Raises NotPrintable."""
    branch = institution.current() or Institution(name="Paydaş", unit="")
    writer = Writer(addressees[0].invitation.meeting, branch)
    contact = [branch.phone and shown_phone(branch.phone), branch.email, branch.website]
    return printing.pdf(
        TEMPLATE,
        {
            "title": _("Invitations: %(title)s", title=addressees[0].invitation.meeting.title),
            "footer": " · ".join(filter(None, [branch.unit or branch.name, *contact])),
            "sheets": [
                _sheet(one, branch, codes[one.id], _said(writer, one)) for one in addressees
            ],
        },
    )


def _said(writer: Writer, one: Addressee) -> Words:
    """Return the invitation's words as staff changed them, or as shipped."""
    envelope = Envelope(
        recipient_of(one), one.invitation.organization.name, url="", seats=one.invitation.seats
    )
    return writer.said(LetterKind.INVITATION, envelope)


def _sheet(one: Addressee, branch: Institution, code: str, said: Words) -> dict[str, Any]:
    reader, url = recipient_of(one), absolute("invitations.short", code=code)
    with force_locale(reader.language):
        occasion = describe(one.invitation.meeting)
        return {
            "lang": reader.language,
            "head": branch.name,
            "unit": branch.unit,
            "date": day(clock.today()),
            "to": _to(one, reader.name),
            "heading": occasion.heading,
            "greeting": said.greeting,
            "paragraphs": [" ".join(lines) for lines in said.paragraphs],
            "facts": [[word, value] for word, value in _facts(occasion) if value],
            "qr": _qr(url),
            "qr-says": _("QR code of the answer page"),
            "answer": _("Please answer by %(day)s.", day=occasion.deadline),
            "how": _("Hold your phone’s camera over the square, or type this address:"),
            "address": url.removeprefix("https://").removeprefix("http://"),
            "phone": _("You can also call us: %(phone)s", phone=shown_phone(branch.phone))
            if branch.phone
            else "",
            "closing": " ".join(said.closing_lines),
            "signer": branch.unit or branch.name,
        }


def _to(one: Addressee, name: str) -> list[str]:
    organization = one.invitation.organization
    lines = [name, organization.name] if one.contact else [organization.name]
    return [*lines, *(line.strip() for line in organization.address.splitlines() if line.strip())]


def _facts(occasion: Occasion) -> list[tuple[str, str]]:
    where = ", ".join(filter(None, (occasion.place, occasion.address)))
    return [
        (_("When"), f"{occasion.day}, {occasion.time}"),
        (_("Where"), where or _("Online")),
        (_("Online link"), occasion.online_url),
        (_("Agenda"), ", ".join(occasion.agenda)),
    ]


def _qr(url: str) -> str:
    """Return the code as SVG: dense enough for a phone, and readable when a corner is folded."""
    drawn = BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()

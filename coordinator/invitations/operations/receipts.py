"""The letter that says what was understood of an answer."""

from dataclasses import dataclass

from flask_babel import force_locale

from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer, key
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.permissions import closed
from coordinator.invitations.summary import summary
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.outbox import operations as outbox
from coordinator.registry.queries import Recipient
from coordinator.wording import one_line


@dataclass(frozen=True)
class Receipt:
    """Who is told, and the personal link they came by; without one, the page of their account."""

    recipient: Recipient
    link: PersonalLink | None = None


def send_receipt(invitation: Invitation, receipt: Receipt) -> None:
    """Queue the receipt, with the calendar file for those who come.

    Who came by a letter on paper may have no address; the page itself says what was understood.
    Whoever handed the invitation over is told as well, and by whom it was answered.
    """
    address = receipt.recipient.address
    if not address:
        return
    writer = Writer(invitation.meeting, institution.current())
    _queue(writer, invitation, receipt)
    for one in queries.givers(invitation.id, address):
        letter = one.letter
        giver = Recipient(letter.to_name, letter.to_address, letter.language, one.contact_id)
        told = Receipt(giver, one.link)
        _queue(writer, invitation, told, by=one_line(receipt.recipient.name), given=one)


def _queue(
    writer: Writer,
    invitation: Invitation,
    receipt: Receipt,
    by: str = "",
    given: InvitationLetter | None = None,
) -> None:
    recipient, book = receipt.recipient, LinkBook()
    with force_locale(recipient.language):
        understood = summary(invitation)
    letter = writer.write(
        LetterKind.RECEIPT,
        Envelope(
            recipient=recipient,
            organization_name=invitation.organization.name,
            url=_address(invitation, receipt.link, book),
            book=book,
            organizer_code=queries.first_code(invitation.id, recipient.address),
            once=key("receipt", invitation.id, recipient.address, invitation.version),
            more={
                "answer": understood.answer,
                "details": understood.details,
                "coming": invitation.is_coming,
                "by": by,
                "open": closed(invitation.meeting) is None,
            },
        ),
    )
    row = outbox.queue(letter)
    db.session.flush()
    db.session.add(
        InvitationLetter(
            invitation_id=invitation.id,
            kind=LetterKind.RECEIPT,
            contact_id=recipient.contact_id,
            letter_id=row.id,
            link_id=receipt.link.id if receipt.link else None,
            handed_by_id=given.handover_id if given else None,
        )
    )


def _address(invitation: Invitation, link: PersonalLink | None, book: LinkBook) -> str:
    if link is None:
        return absolute("invitations.own_answer", public_id=invitation.public_id)
    return book.url("invitations.answer", link)

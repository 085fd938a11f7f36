"""The letter that says what was understood of an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import force_locale

from coordinator.extensions import db
from coordinator.institution import queries as institution
from coordinator.invitations import queries
from coordinator.invitations.emails import Envelope, Writer, key
from coordinator.invitations.models import Invitation, InvitationLetter, LetterKind
from coordinator.invitations.permissions import closed
from coordinator.invitations.summary import summary
from coordinator.letters import Letter
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.meetings.models import Meeting
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import OutboxLetter
from coordinator.registry.queries import Recipient
from coordinator.wording import one_line


@dataclass(frozen=True)
class Receipt:
    """Who is told, and the personal link they came by; without one, the page of their account."""

    recipient: Recipient
    link: PersonalLink | None = None
    handover_id: int | None = None


@dataclass(frozen=True)
class Written:
    """A receipt, not in the outbox yet."""

    invitation: Invitation
    receipt: Receipt
    letter: Letter


def send_receipt(invitation: Invitation, receipt: Receipt) -> None:
    """Queue the receipt, with the calendar file for those who come.

    Who came by a letter on paper may have no address; the page itself says what was understood.
    Whoever handed the invitation over is told as well, and by whom it was answered.
    """
    address = receipt.recipient.address
    if not address:
        return
    writer = Writer(invitation.meeting, institution.current())
    first = queries.first_code
    written = [_written(writer, invitation, receipt, first(invitation.meeting_id, address))]
    for one in queries.givers(invitation.id, address):
        letter = one.letter
        giver = Recipient(letter.to_name, letter.to_address, letter.language, one.contact_id)
        letter_of_giver = _written(
            writer,
            invitation,
            Receipt(giver, one.link, one.handover_id),
            first(invitation.meeting_id, giver.address),
            by=one_line(receipt.recipient.name),
        )
        written.append(letter_of_giver)
    _keep(written, [outbox.queue(one.letter) for one in written])


def write_receipts(
    meeting: Meeting, receipts: Iterable[tuple[Invitation, Receipt]], round_: str
) -> int:
    """Queue receipts of answers as they stand, each address once; return how many.

    For receipts that were called back: `round_` says by what, so that these are new ones.
    """
    wanted = {(one.id, told.recipient.address.lower()): (one, told) for one, told in receipts}
    if not wanted:
        return 0
    writer, known = Writer(meeting, institution.current()), queries.written_letters(meeting.id)
    written = []
    for one, told in wanted.values():
        code = known.first_code(told.recipient.address)
        written.append(_written(writer, one, told, code, round_=round_))
    _keep(written, outbox.queue_all([one.letter for one in written]))
    return len(written)


def _written(
    writer: Writer,
    invitation: Invitation,
    receipt: Receipt,
    first_code: str | None,
    *,
    by: str = "",
    round_: str = "",
) -> Written:
    recipient, book = receipt.recipient, LinkBook()
    with force_locale(recipient.language):
        understood = summary(invitation)
    envelope = Envelope(
        recipient=recipient,
        organization_name=invitation.organization.name,
        url=_address(invitation, receipt.link, book),
        book=book,
        organizer_code=first_code,
        once=key("receipt", invitation.id, recipient.address, f"{invitation.version}{round_}"),
        more={
            "answer": understood.answer,
            "details": understood.details,
            "coming": invitation.is_coming,
            "by": by,
            "open": closed(invitation.meeting) is None,
        },
    )
    return Written(invitation, receipt, writer.write(LetterKind.RECEIPT, envelope))


def _keep(written: Sequence[Written], rows: Sequence[OutboxLetter]) -> None:
    values = [
        {
            "invitation_id": one.invitation.id,
            "kind": LetterKind.RECEIPT,
            "contact_id": one.receipt.recipient.contact_id,
            "letter_id": row.id,
            "link_id": one.receipt.link.id if one.receipt.link else None,
            "handed_by_id": one.receipt.handover_id,
        }
        for one, row in zip(written, rows, strict=True)
    ]
    db.session.execute(sa.insert(InvitationLetter), values)


def _address(invitation: Invitation, link: PersonalLink | None, book: LinkBook) -> str:
    if link is None:
        return absolute("invitations.own_answer", public_id=invitation.public_id)
    return book.url("invitations.answer", link)

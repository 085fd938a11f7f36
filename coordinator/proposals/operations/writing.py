"""What an organisation does with its proposals: write, change, send, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from coordinator import clock
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.documents import operations as documents
from coordinator.documents.models import Document
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.forms import claim
from coordinator.outbox import operations as outbox
from coordinator.proposals import emails, queries
from coordinator.proposals.models import Call, CallAccess, Proposal, ProposalStatus
from coordinator.proposals.operations import reading
from coordinator.proposals.operations.moving import move
from coordinator.records import new_public_id
from coordinator.registry.models import Organization

TEXTS = (
    "title", "summary", "need", "for_whom", "place", "timing", "wanted_support",
    "author_name", "author_email",
)  # fmt: skip
MOST = 30
"""So many proposals, drafts too, one organisation may have in one call."""


class CallNotOpen(RuleBroken):
    """The call has not begun or is over."""

    message = _l("The call is not open now, so nothing can be written to it.")


class NoDraft(RuleBroken):
    """What was sent is not changed any more."""

    message = _l("This proposal was sent already. What was sent can be read, not changed.")


class AlreadyWritten(RuleBroken):
    """The same form was sent a second time."""

    message = _l("This form was saved already. Open the proposal in the list to go on with it.")


class TooMany(RuleBroken):
    """An organisation has enough proposals in this call."""

    message = _l("One organisation can have at most %(most)s proposals in a call.", most=MOST)


class Incomplete(RuleBroken):
    """What is sent must say at least what it is about."""

    message = _l("Write at least a title and what you want to do, then send it.")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    filename: str
    content: bytes


def write(
    call: Call,
    organization: Organization,
    *,
    texts: Mapping[str, str],
    language: str,
    actor: Actor,
    access: CallAccess | None = None,
    upload: Upload | None = None,
    public_id: str | None = None,
) -> Proposal:
    """Begin a draft. `public_id` is the form's own: the same form makes one proposal only.

    Sent a second time it changes the draft it made, as long as nobody else did.
    Raises CallNotOpen, TooMany, AlreadyWritten, and what documents refuse.
    """
    if not call.is_open:
        raise CallNotOpen
    first = _first(call, organization, public_id)
    if first is not None:
        return _again(first, texts, upload, actor)
    if queries.number_written(call, organization.id) >= MOST:
        raise TooMany
    proposal = Proposal(
        call_id=call.id,
        organization_id=organization.id,
        access_id=access.id if access else None,
        public_id=_free(public_id),
        language=language,
        status=ProposalStatus.DRAFT,
        document=_stored(upload, actor),
        **{name: texts.get(name, "") for name in TEXTS},
    )
    try:
        with db.session.begin_nested():
            db.session.add(proposal)
    except IntegrityError as error:  # the same form twice at the same moment
        raise AlreadyWritten from error
    audit.record("proposal.begun", proposal, actor)
    return proposal


def rewrite(
    proposal: Proposal,
    *,
    texts: Mapping[str, str],
    version: int | None,
    actor: Actor,
    upload: Upload | None = None,
    remove_attachment: bool = False,
) -> None:
    """Change a draft. Raises NoDraft, CallNotOpen, SavedMeanwhile, and what documents refuse."""
    if not proposal.is_draft:
        raise NoDraft
    if not proposal.call.is_open:
        raise CallNotOpen
    claim(proposal, version)
    for name in TEXTS:
        setattr(proposal, name, texts.get(name, ""))
    if upload is not None or remove_attachment:
        _attach(proposal, _stored(upload, actor), actor)
    db.session.flush()
    audit.record("proposal.edited", proposal, actor)


def send(proposal: Proposal, *, actor: Actor) -> None:
    """Send a draft to the branch; its author gets a receipt with what was sent.

    Raises Incomplete, CallNotOpen, NoDraft, MovedMeanwhile.
    """
    if not proposal.is_draft:
        raise NoDraft
    if not proposal.call.is_open:
        raise CallNotOpen
    for name in ("title", "summary"):
        if not getattr(proposal, name):
            raise Incomplete(field=name)
    db.session.flush()
    step = move(
        proposal,
        ProposalStatus.SUBMITTED,
        version=proposal.version,
        actor=actor,
        action="proposal.sent",
        submitted_at=clock.now(),
    )
    outbox.queue_all(emails.receipts(proposal, step, reading.readers(proposal)))


def withdraw(proposal: Proposal, *, version: int | None, actor: Actor) -> None:
    """Take a draft or an undecided proposal back; a draft's file goes. Raises MovedMeanwhile."""
    move(
        proposal,
        ProposalStatus.WITHDRAWN,
        version=version,
        actor=actor,
        action="proposal.withdrawn",
    )
    if proposal.submitted_at is None:
        _attach(proposal, None, actor)


def _first(call: Call, organization: Organization, public_id: str | None) -> Proposal | None:
    """Return what this form made already, never what is somebody else's."""
    found = queries.get(public_id) if public_id else None
    if found and (found.call_id, found.organization_id) == (call.id, organization.id):
        return found
    return None


def _free(public_id: str | None) -> str:
    return new_public_id() if public_id is None or queries.get(public_id) else public_id


def _again(
    first: Proposal, texts: Mapping[str, str], upload: Upload | None, actor: Actor
) -> Proposal:
    same = all(getattr(first, name) == texts.get(name, "") for name in TEXTS)
    if same and upload is None:
        return first
    if not first.is_draft or first.version != 1:
        raise AlreadyWritten
    rewrite(first, texts=texts, version=1, actor=actor, upload=upload)
    return first


def _stored(upload: Upload | None, actor: Actor) -> Document | None:
    if upload is None:
        return None
    return documents.store(
        filename=upload.filename, stream=upload.content, actor=actor, field="attachment"
    )


def _attach(proposal: Proposal, document: Document | None, actor: Actor) -> None:
    """Put another file, or none, in the place of the one that is there."""
    former = proposal.document
    proposal.document = document
    db.session.flush()
    if former is not None:
        documents.remove(former, actor=actor)

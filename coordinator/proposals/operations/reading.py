"""Who of an organisation gets a letter about a proposal, and where its link leads."""

from coordinator import links
from coordinator.proposals.emails import Reader
from coordinator.proposals.models import Proposal
from coordinator.proposals.operations import accesses
from coordinator.registry import queries as registry


def readers(proposal: Proposal) -> list[Reader]:
    """Return the author; without an address of theirs, the organisation's recipients."""
    if proposal.author_email:
        link = proposal.access.link if proposal.access else None
        if proposal.access and (link is None or not links.is_open(link)):
            place = (proposal.access.organization_id, proposal.access.contact_id)
            link = accesses.welcome(proposal.call, [place])[place].link
        name = proposal.author_name or proposal.organization.name
        return [Reader(name, proposal.author_email, proposal.language, link)]
    recipients = registry.recipients([proposal.organization_id])[proposal.organization_id]
    found = accesses.welcome(
        proposal.call, [(proposal.organization_id, one.contact_id) for one in recipients]
    )
    return [
        Reader(
            one.name,
            one.address,
            one.language,
            found[proposal.organization_id, one.contact_id].link,
        )
        for one in recipients
    ]

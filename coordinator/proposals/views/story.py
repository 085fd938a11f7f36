"""The thread of a proposal: what was sent, what was said to it, what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock, i18n
from coordinator.proposals import next_steps
from coordinator.proposals.models import COUNTED, WAITING, Proposal, ProposalStatus, ProposalStep


@dataclass(frozen=True)
class Event:
    """One knot of the thread, as the macro draws it."""

    shape: str
    tone: str
    title: str
    at: str = ""
    iso: str = ""
    body: str = ""
    ours: bool = False
    reason: str = ""
    link: tuple[str, str] | None = None
    next: bool = False


TOLD_TO_US: dict[ProposalStatus, LazyString] = {
    ProposalStatus.SUBMITTED: _l("You sent the proposal"),
    ProposalStatus.REVIEW: _l("The branch is looking at it"),
    ProposalStatus.ACCEPTED: _l("It was accepted"),
    ProposalStatus.REJECTED: _l("It cannot be done this time"),
    ProposalStatus.WITHDRAWN: _l("You took it back"),
    ProposalStatus.REALISED: _l("It took place"),
}
TOLD_TO_THE_BRANCH: dict[ProposalStatus, LazyString] = {
    ProposalStatus.SUBMITTED: _l("The organisation sent the proposal"),
    ProposalStatus.REVIEW: _l("Taken up for assessment"),
    ProposalStatus.ACCEPTED: _l("Accepted"),
    ProposalStatus.REJECTED: _l("Not taken up"),
    ProposalStatus.WITHDRAWN: _l("The organisation took it back"),
    ProposalStatus.REALISED: _l("Realised"),
}
OWN_DEEDS = {ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN}


def story(proposal: Proposal, *, for_branch: bool) -> list[Event]:
    """Return the thread as the branch, or the organisation, reads it."""
    told = [(step.created_at, _event(proposal, step, for_branch)) for step in proposal.steps]
    if proposal.status in COUNTED and proposal.status not in WAITING:
        told += [_became(proposal, one, for_branch) for one in next_steps.of(proposal) if one.done]
    told.sort(key=lambda one: one[0])
    coming = _coming(proposal, for_branch)
    return [event for _moment, event in told] + ([coming] if coming else [])


def _event(proposal: Proposal, step: ProposalStep, for_branch: bool) -> Event:
    status = step.status
    titles = TOLD_TO_THE_BRANCH if for_branch else TOLD_TO_US
    sent = status is ProposalStatus.SUBMITTED
    return Event(
        shape=status.shape,
        tone=status.tone,
        title=str(titles.get(status, status.word)),
        at=_moment(step.created_at, step.by_name if for_branch else ""),
        iso=step.created_at.isoformat(),
        body=proposal.summary if sent and not for_branch else "",
        ours=status in OWN_DEEDS,
        reason=step.note,
        link=(_whole(proposal), "#whole") if sent and not for_branch else None,
    )


def _whole(proposal: Proposal) -> str:
    words: str = _("The whole proposal")
    if proposal.document:
        words = _("The whole proposal and 1 attachment")
    return words


def _became(
    proposal: Proposal, step: next_steps.NextStep, for_branch: bool
) -> tuple[datetime, Event]:
    moment = step.at or proposal.decided_at or proposal.created_at
    url = step.url if for_branch else step.public_url
    label = str(step.label)
    event = Event(
        shape="flag",
        tone="mor",
        title=_("It became an activity"),
        at=i18n.day(step.at) if step.at else "",
        iso=clock.local(step.at).date().isoformat() if step.at else "",
        body=step.text if url else f"{label}\n{step.text}".strip(),
        link=(label, url) if url else None,
    )
    return moment, event


def _coming(proposal: Proposal, for_branch: bool) -> Event | None:
    """Return what the thread waits for."""
    if for_branch and proposal.status in WAITING:
        return None
    waits: dict[ProposalStatus, Callable[[], tuple[str, str]]] = {
        ProposalStatus.SUBMITTED: lambda: (
            _("Next: the branch reads it"),
            _("The answer comes by e-mail and stands here, with its reason."),
        ),
        ProposalStatus.REVIEW: lambda: (
            _("Next: the answer"),
            _("It comes by e-mail and stands here, with its reason."),
        ),
        ProposalStatus.ACCEPTED: lambda: (
            _("Next: what came of it, how many people it reached"),
            _("It will be written here after %(day)s.", day=_day_of(proposal)),
        ),
    }
    if proposal.status not in waits:
        return None
    title, text = waits[proposal.status]()
    return Event("ring", "slate", title, at=text, next=True)


def _day_of(proposal: Proposal) -> str:
    return i18n.suffix(i18n.daymonth(proposal.call.window.starts_on), "abl")


def _moment(moment: datetime, name: str) -> str:
    shown = f"{i18n.day(moment)}, {i18n.clock_time(moment)}"
    return f"{shown} · {name}" if name else shown

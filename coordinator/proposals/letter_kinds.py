"""The kinds of letters about calls and proposals whose words staff may change, and samples."""

from datetime import timedelta
from functools import partial

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator import clock
from coordinator.days.models import DayWindow
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import NAME, ORGANIZATION, Feature, Kind, Placeholder
from coordinator.letter_texts.words import Words, usual
from coordinator.letters import Letter
from coordinator.proposals import emails
from coordinator.proposals.models import Call, Proposal, ProposalStatus, ProposalStep
from coordinator.registry.models import Organization

FEATURE = Feature(20, _l("Calls and proposals"))
ADDRESS = "nermin@dernek.example"
OF_CALLS = (
    NAME,
    ORGANIZATION,
    Placeholder("cagri", _l("the call’s title")),
    Placeholder("gun", _l("the special day, without the year")),
    Placeholder("son_gun", _l("the last day for proposals")),
)
OF_PROPOSALS = (*OF_CALLS, Placeholder("oneri", _l("the proposal’s title")))


def _call() -> Words:
    return usual(
        "{cagri}",
        _("We are preparing for %(day)s together and ask for your proposals.", day="{gun}"),
        _("A few sentences are enough. You need no account;"
          " you can keep a draft and go on later."),
    )  # fmt: skip


def _receipt() -> Words:
    return usual(
        _("We have your proposal: %(title)s", title="{oneri}"),
        _("Thank you for your proposal for %(day)s. This is what you sent in the name of"
          " %(organization)s:", day="{gun}", organization="{kurulus}"),
        _("We read every proposal and answer with the reason."),
    )  # fmt: skip


def _accepted() -> Words:
    return usual(
        _("Your proposal is accepted: %(title)s", title="{oneri}"),
        _("Thank you for your proposal. We want to do it together with you."),
        _("Next we settle the place, the time and who does what. We will call you."),
    )


def _rejected() -> Words:
    return usual(
        _("About your proposal: %(title)s", title="{oneri}"),
        _("Thank you for your thought and work. This time we cannot do it."),
        _("If you like, let us talk about another day or another way."
          " You can reach us at the addresses below."),
    )  # fmt: skip


def init_app(app: Flask) -> None:
    known = OF_PROPOSALS
    for kind in (
        Kind(FEATURE, 0, emails.CALL, _l("Call for proposals"), _l("when you send a call"),
             OF_CALLS, _call, sample_of_call),
        Kind(FEATURE, 1, emails.RECEIPT, _l("Receipt of a proposal"), _l("after each proposal"),
             known, _receipt, partial(sample_of_answer, ProposalStatus.SUBMITTED)),
        Kind(FEATURE, 2, emails.ACCEPTED, _l("Proposal accepted"),
             _l("when you accept a proposal"),
             known, _accepted, partial(sample_of_answer, ProposalStatus.ACCEPTED)),
        Kind(FEATURE, 3, emails.REJECTED, _l("Proposal not taken up"),
             _l("when you do not take up a proposal"),
             known, _rejected, partial(sample_of_answer, ProposalStatus.REJECTED)),
    ):  # fmt: skip
        kinds.add(app, kind)


def sample_of_call(words: Words, language: str, _about: str = "") -> Letter:
    """Return a call's letter with these words, to an invented reader."""
    with force_locale(language):
        proposal, name = _invented(), _("Nermin Su")
    organization = proposal.organization.name
    rendered = emails.sample_of_call(
        proposal.call, name, organization, language, lambda _language: words
    )
    return Letter(emails.CALL, name, ADDRESS, language, *rendered)


def sample_of_answer(
    status: ProposalStatus, words: Words, language: str, _about: str = ""
) -> Letter:
    """Return the letter of a proposal that came so far, with these words, to an invented reader."""
    with force_locale(language):
        proposal, name = _invented(), _("Nermin Su")
        step = ProposalStep(status=status, note=_("The hall is ours on that day."))
    write = emails.receipts if status is ProposalStatus.SUBMITTED else emails.decisions
    reader = emails.Reader(name, ADDRESS, language, None)
    (letter,) = write(proposal, step, [reader], lambda _language: words)
    return letter


def _invented() -> Proposal:
    """Return a proposal that is in no database, in the language in force."""
    on = clock.today() + timedelta(days=60)
    call = Call(
        title=_("What shall we do together?"),
        text="",
        closes_on=on - timedelta(days=30),
        window=DayWindow(starts_on=on, length_days=1),
    )
    return Proposal(
        call=call,
        organization=Organization(name=_("Gulf Breeze Women’s Association")),
        title=_("A day in the culture centre"),
        summary=_("We meet in the small hall and talk about our rights."),
        public_id="ornek",
    )

"""One row of the desk in words: why it stands there, whom to call next, what was said so far."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.desk.grounds import UNTOLD, Ground
from coordinator.desk.queries import Dossier, Sent
from coordinator.history.models import Encounter
from coordinator.i18n import daymonth
from coordinator.invitations.models import Addressee, LetterKind, RsvpAnswer
from coordinator.invitations.queries.lines import RETURNED
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Channel, Contact

ITSELF = ""
"""How a form names the organisation itself, beside its contacts."""


@dataclass
class Person:
    """Somebody to ask for; `code` is empty for the organisation itself."""

    code: str
    name: str
    role: str
    phone: str
    calls: list[Encounter]
    is_next: bool = False

    @property
    def last_call(self) -> Encounter | None:
        return self.calls[-1] if self.calls else None


@dataclass
class Row:
    """An organisation on the desk."""

    dossier: Dossier
    ground: Ground
    reasons: list[str]
    people: list[Person]
    new_address: bool
    """Is there an address to which no letter of this invitation has gone yet?"""

    @property
    def next(self) -> Person | None:
        return next((one for one in self.people if one.is_next), None)

    @property
    def is_untold(self) -> bool:
        return self.ground in UNTOLD

    @property
    def no_way(self) -> bool:
        """Is there neither a phone number nor an address that letters go to?"""
        return not self.callable and not _addresses(self.dossier) - set(self.dossier.on_hold)

    @property
    def callable(self) -> list[Person]:
        return [one for one in self.people if one.phone]


def row_of(dossier: Dossier, ground: Ground) -> Row:
    people = _people(dossier)
    return Row(
        dossier=dossier,
        ground=ground,
        reasons=_reasons(dossier, ground),
        people=people,
        new_address=_has_new_address(dossier),
    )


def _people(dossier: Dossier) -> list[Person]:
    """Whom to call, in order; the next is who was not tried yet, else who was tried longest ago."""
    line = dossier.line
    calls: dict[int | None, list[Encounter]] = {}
    for call in dossier.calls:
        calls.setdefault(call.contact_id, []).append(call)
    people = [
        Person(one.public_id, one.full_name, _role(one), one.phone, calls.get(one.id, []))
        for one in dossier.contacts
    ]
    if line.phone or not people:
        itself = calls.get(None, [])
        people.append(Person(ITSELF, line.organization, _("the organisation"), line.phone, itself))
    reachable = [one for one in people if one.phone]
    if reachable:
        min(reachable, key=_tried).is_next = True
    return people


def _tried(person: Person) -> datetime:
    return person.last_call.happened_at if person.last_call else NEVER


NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _role(contact: Contact) -> str:
    words = [contact.position]
    if contact.is_primary:
        words.append(_("first contact"))
    elif contact.is_deputy:
        words.append(_("deputy"))
    return ", ".join(word for word in words if word)


def _addresses(dossier: Dossier) -> set[str]:
    """Return every address of the organisation and its people."""
    return {one.email for one in dossier.contacts if one.email} | (
        {dossier.line.email} if dossier.line.email else set()
    )


def _reasons(dossier: Dossier, ground: Ground) -> list[str]:
    """Say in sentences what happened so far."""
    line = dossier.line
    said = []
    if ground in UNTOLD and line.answer is not RsvpAnswer.NONE:
        said.append(_("Their answer: %(answer)s.", answer=line.answer.word))
        if ground is Ground.SEATED:
            said.append(_("They were on the waiting list and have a place now."))
    elif line.answer is RsvpAnswer.MAYBE and line.answered_at:
        said.append(_("They said on %(day)s: not yet known.", day=daymonth(line.answered_at)))
    latest = {one.address: one for one in dossier.letters if _counts(one)}
    on_hold = dossier.on_hold
    named = {
        address
        for address, one in latest.items()
        if address not in on_hold or (one.state in RETURNED and not one.kept_back)
    }
    said += [_of_letter(one) for address, one in latest.items() if address in named]
    said += [
        _("%(address)s is on hold.", address=address)
        if address in named
        else _("Letters to %(address)s came back; the address is on hold.", address=address)
        for address in on_hold
    ]
    said += [_of_addressee(one) for one in dossier.addressees if not _is_no_way(one)]
    if not _addresses(dossier) and not latest:
        said.append(_("There is no e-mail address."))
    elif not said:
        said.append(_("No letter went to them."))
    return [*said, *_reminded(dossier)]


def _counts(letter: Sent) -> bool:
    return letter.state is not LetterState.CANCELLED and letter.kind is not LetterKind.RECEIPT


def _of_letter(letter: Sent) -> str:
    words = {"address": letter.address, "reason": letter.reason, "day": daymonth(letter.at)}
    if letter.state is LetterState.BOUNCED:
        return _("The letter to %(address)s came back: %(reason)s", **words)
    if letter.state is LetterState.FAILED:
        return _("The letter to %(address)s was not delivered: %(reason)s", **words)
    if letter.state is LetterState.DEFERRED:
        return _("The letter to %(address)s will be tried again: %(reason)s", **words)
    if letter.state is LetterState.SENT:
        return _("The last letter to %(address)s went out on %(day)s.", **words)
    return _("The letter to %(address)s has not gone yet.", **words)


def _is_no_way(one: Addressee) -> bool:
    """Is it a letter, or a text that was made ready and not sent?"""
    prepared = one.channel is Channel.PHONE and one.link is not None and one.done_at is None
    return one.channel is Channel.EMAIL or prepared


def _of_addressee(one: Addressee) -> str:
    name = one.contact.full_name if one.contact else _("the organisation")
    words = {"channel": one.channel.word, "name": name}
    if one.done_at is None:
        return _("%(channel)s, %(name)s: not done yet.", **words)
    return _("%(channel)s, %(name)s: done on %(day)s.", day=daymonth(one.done_at), **words)


def _reminded(dossier: Dossier) -> list[str]:
    sent = [
        one
        for one in dossier.letters
        if one.kind is LetterKind.REMINDER and one.state is LetterState.SENT
    ]
    if not sent:
        return []
    rounds = len({daymonth(one.at) for one in sent})
    return [
        ngettext(
            "Reminded once, on %(day)s.",
            "Reminded %(num)s times, last on %(day)s.",
            rounds,
            day=daymonth(sent[-1].at),
        )
    ]


def _has_new_address(dossier: Dossier) -> bool:
    """Could a letter go to somebody to whom none has gone?"""
    wanted = {
        one.email
        for one in dossier.contacts
        if one.email and one.preferred_channel is Channel.EMAIL
    }
    if not wanted and dossier.line.email:
        wanted = {dossier.line.email}
    return bool(wanted - {one.address for one in dossier.letters} - set(dossier.on_hold))

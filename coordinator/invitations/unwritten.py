"""To whom of a round no letter goes: by phone, not at all, or left out."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.invitations.oddity import Oddity, Pair, some_of
from coordinator.invitations.queries.reach import Reach


def of_the_unwritten(pairs: Sequence[Pair], ways: Mapping[int, Reach]) -> list[Oddity]:
    """Name each of them; `ways` says by what they can be reached, by organisation."""
    return [*_left_out(pairs, ways), *_to_call(pairs, ways)]


def _to_call(pairs: Sequence[Pair], ways: Mapping[int, Reach]) -> list[Oddity]:
    """Tell apart whom nothing reaches, and who has no address; addresses on hold were named."""
    silent = [one for one, people in pairs if people.is_to_call]
    lost = [one.name for one in silent if ways[one.organization_id].no_way]
    phoned = [
        one.name
        for one in silent
        if not ways[one.organization_id].addresses and ways[one.organization_id].has_phone
    ]
    odd = []
    if lost:
        title = ngettext(
            "One organisation cannot be reached in any way.",
            "%(num)s organisations cannot be reached in any way.",
            len(lost),
        )
        advice = _(
            "Add a phone number or an e-mail address in the record: %(names)s.", names=some_of(lost)
        )
        odd.append(Oddity(title, advice))
    if phoned:
        title = ngettext(
            "One organisation has no e-mail address and has to be phoned.",
            "%(num)s organisations have no e-mail address and have to be phoned.",
            len(phoned),
        )
        advice = _("They come on the phone list: %(names)s.", names=some_of(phoned))
        odd.append(Oddity(title, advice))
    return odd


def _left_out(pairs: Sequence[Pair], ways: Mapping[int, Reach]) -> list[Oddity]:
    """Name those who could be written to, are not, and have no phone number either."""
    silent = [one for one, people in pairs if people.is_to_call]
    names = [one.name for one in silent if ways[one.organization_id].only_by_mail]
    if not names:
        return []
    title = ngettext(
        "One organisation is neither written to nor has a phone number.",
        "%(num)s organisations are neither written to nor have a phone number.",
        len(names),
    )
    advice = _(
        "Choose below to whom a letter goes, or add a phone number: %(names)s.",
        names=some_of(names),
    )
    return [Oddity(title, advice)]

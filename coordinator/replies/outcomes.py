"""What each message did, or why it could do nothing, in words."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from coordinator.i18n import language
from coordinator.inbox.models import InboxMessage
from coordinator.invitations.models import RsvpAnswer
from coordinator.replies.queries.asked import PARTLY

SENTENCES: dict[str, LazyString] = {
    "same": _l("This answer was known already."),
    "outdated": _l("It is older than the answer that stands, so nothing was changed."),
    "moved": _l(
        "It answers the meeting as it was before it moved, so nothing was changed. "
        "Ask whether it still holds."
    ),
    "bounced": _l("Our letter came back: it reached nobody."),
    "held": _l("A letter came back: nothing goes to the address any more."),
    "bounced_before": _l("It was known already that this letter came back."),
    "delayed": _l("The other server keeps the letter and goes on trying. Nothing is to be done."),
    "delivered": _l("The other server says that the letter arrived."),
    "automatic": _l("A program wrote it. It is no answer, and nothing was changed."),
    "written": _l("Somebody wrote to us. Read it; nothing was changed."),
    "to_enter": _l("Somebody wrote about the invitation. Read it and enter the answer."),
    "counter": _l("They propose another time. Nothing was changed."),
    "delegated": _l("They hand the invitation to somebody else. Enter the answer."),
    "returned": _l("Our letter came back, but nothing blames the address: letters still go there."),
    "unreadable": _l("The message cannot be read."),
    "calendar_unreadable": _l("A calendar program answered, but it cannot be read."),
    "no_part": _l(
        "A calendar program answered, but not to an address of ours that only one letter names. "
        "Check who it is before you enter it."
    ),
    "no_invitation": _l("It answers a letter that is no invitation."),
    "ended": _l("The link of this letter was ended, so nothing was changed."),
    "other_meeting": _l("It answers another meeting than the letter that it belongs to."),
    "stranger": _l(
        "It comes from an address that we did not ask. Check who it is before you enter it."
    ),
    "other_sender": _l(
        "Another address sent the answer of somebody whom we asked, so nothing was changed. "
        "Check who it is before you enter it."
    ),
    "unclear": _l("The calendar program says neither yes nor no."),
    "report_unknown": _l("A letter came back, but it cannot be told which."),
    "unknown": _l("It cannot be told which letter it belongs to."),
    "trouble": _l("It could not be worked through. Read it yourself."),
}


def sentence(message: InboxMessage) -> str:
    """Return what the message did, for the reader."""
    details = message.details
    if message.outcome in ("answered", "entered"):
        return " ".join(filter(None, [_kept(message), _also(message)]))
    if message.outcome == "same":
        return " ".join(filter(None, [str(SENTENCES["same"]), _also(message)]))
    if message.outcome == PARTLY:
        kept = _kept(message) if "kept" in details else str(SENTENCES["same"])
        return " ".join(filter(None, [kept, _also(message), *_not_for(message)]))
    if message.outcome == "refused":
        return gettext("It was not kept: %(reason)s", reason=_refusal(details))
    found = SENTENCES.get(message.outcome)
    return str(found) if found is not None else message.kind.word


def said(message: InboxMessage) -> RsvpAnswer | None:
    """Return the answer that a calendar program gave."""
    return _answer(message.details.get("answer"))


def _kept(message: InboxMessage) -> str:
    answer = _answer(message.details.get("kept"))
    word = str(answer.word) if answer is not None else ""
    people = message.details.get("people")
    if isinstance(people, int) and people > 0:
        number = ngettext("one person", "%(num)s people", people)
        return gettext("Kept as the answer: %(answer)s, %(people)s.", answer=word, people=number)
    return gettext("Kept as the answer: %(answer)s.", answer=word)


def _also(message: InboxMessage) -> str:
    names = message.details.get("also")
    if not isinstance(names, list) or not names:
        return ""
    return gettext(
        "It counts for %(names)s as well: the same address was asked for them.",
        names=", ".join(map(str, names)),
    )


def _not_for(message: InboxMessage) -> list[str]:
    return [
        gettext(
            "It was not kept for %(name)s: %(reason)s",
            name=str(one["name"]),
            reason=_refusal(one),
        )
        for one in message.details["not_for"]
    ]


def _refusal(details: Mapping[str, object]) -> str:
    why = details.get("refusal")
    return str(why.get(language(), "")) if isinstance(why, dict) else ""


def _answer(value: object) -> RsvpAnswer | None:
    return RsvpAnswer(str(value)) if value in set(RsvpAnswer) else None

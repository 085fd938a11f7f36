"""Mail that a machine wrote: nobody answered, whatever it says.

What is doubtful is a person's: staff can put it aside in a moment, and nobody would miss an answer
that was taken for a machine's.
"""

from email.message import Message

from coordinator import turkish
from coordinator.inbox.parsing.texts import header, headers

OF_MACHINES = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Vacation",
    "X-Failed-Recipients",
)
"""Headers of what machines write, whatever stands in them but a "no"."""
PRECEDENCES = {"auto_reply", "auto-reply"}
OF_WHAT_IS_PASSED_ON = (
    "List-Id",
    "List-Unsubscribe",
    "List-Post",
    "X-MS-Exchange-Inbox-Rules-Loop",
)
"""Headers that lists and rules put on whatever they pass on, also on what a person wrote."""
PRECEDENCES_OF_LISTS = {"bulk", "junk", "list"}
SUPPRESSING = {"all", "autoreply", "oof"}
SUBJECTS = (
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "out of office",
    "out of the office",
    "otomatik yanit",
    "otomatik cevap",
    "ofis disi",
    "ofiste degil",
    "is yeri disinda",
    "automatische antwort",
    "reponse automatique",
)
EXCHANGE = "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"
"""As whom Exchange sends its reports, everywhere."""
MACHINES = {
    EXCHANGE,
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "mail-daemon",
    "mdaemon",
    "maildaemon",
}


def is_automatic(message: Message, subject: str) -> bool:
    """Was it written without anybody writing it (RFC 3834, and what is common beside it)?

    A subject like a machine's counts where a program's colon follows, or with a second sign. That
    no automatic reply is wanted, or that a list or a rule passed it on, says nothing by itself, nor
    do both together: lists ask for no replies to what people write.
    """
    if _is_declared(message) or has_no_return(message):
        return True
    begins, goes_on = _begins_like_a_machine(subject)
    return begins and (goes_on.startswith(":") or _asks_for_none(message) or _passed_on(message))


def _is_declared(message: Message) -> bool:
    submitted = header(message, "Auto-Submitted").partition(";")[0].partition("(")[0]
    own = [one for name in OF_MACHINES for one in headers(message, name)]
    if any(one.strip().lower() != "no" for one in [submitted.strip() or "no", *own]):
        return True
    return header(message, "Precedence").strip().lower() in PRECEDENCES


def _asks_for_none(message: Message) -> bool:
    """Does it ask that no machine replies to it?"""
    said = header(message, "X-Auto-Response-Suppress").lower().replace(" ", "").split(",")
    return bool(SUPPRESSING & set(said))


def _passed_on(message: Message) -> bool:
    if header(message, "Precedence").strip().lower() in PRECEDENCES_OF_LISTS:
        return True
    return any(headers(message, name) for name in OF_WHAT_IS_PASSED_ON)


def has_no_return(message: Message) -> bool:
    """Was it sent so that it can never come back, as reports and automatic replies are?"""
    return "<>" in (one.strip() for one in headers(message, "Return-Path"))


def is_from_server(message: Message, sender: str) -> bool:
    """Does it say that a mail server sent it: of its own name, or so that it cannot come back?"""
    return is_machine(sender) or has_no_return(message)


def is_machine(address: str) -> bool:
    """Is it the address of a mail server?"""
    return address.partition("@")[0].lower() in MACHINES


def _begins_like_a_machine(subject: str) -> tuple[bool, str]:
    """Does the subject begin so, and how does it go on?"""
    key = turkish.search_key(subject)
    begin = next((one for one in SUBJECTS if key.startswith(one)), None)
    return begin is not None, key.removeprefix(begin or "").lstrip()

"""Mail that a machine wrote: nobody answered, whatever it says."""

from email.message import Message

from coordinator import turkish
from coordinator.inbox.parsing.texts import header, headers

MARKS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Vacation",
    "X-Failed-Recipients",
    "List-Unsubscribe",
    "X-MS-Exchange-Inbox-Rules-Loop",
)
"""Headers that only machines write, whatever stands in them."""
PRECEDENCES = {"auto_reply", "auto-reply", "bulk", "junk"}
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
    """Was it written without anybody writing it (RFC 3834, and what is common beside it)?"""
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if header(message, "Precedence").strip().lower() in PRECEDENCES:
        return True
    suppressed = header(message, "X-Auto-Response-Suppress").lower().replace(" ", "").split(",")
    if {"all", "autoreply"} & set(suppressed):
        return True
    return has_no_return(message) or any(headers(message, name) for name in MARKS) or _says(subject)


def has_no_return(message: Message) -> bool:
    """Was it sent so that it can never come back, as reports and automatic replies are?"""
    return "<>" in (one.strip() for one in headers(message, "Return-Path"))


def is_from_server(message: Message, sender: str) -> bool:
    """Does it say that a mail server sent it: of its own name, or so that it cannot come back?"""
    return is_machine(sender) or has_no_return(message)


def is_machine(address: str) -> bool:
    """Is it the address of a mail server?"""
    return address.partition("@")[0].lower() in MACHINES


def _says(subject: str) -> bool:
    return turkish.search_key(subject).startswith(SUBJECTS)

"""The words for the deeds of the audit, and the things they are done to."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from coordinator.audit.models import AuditLine

NOUNS: dict[str, LazyString] = {
    "account": _l("Accounts"),
    "activity": _l("Activities"),
    "call": _l("Calls for proposals"),
    "closed_day": _l("Closed days"),
    "contact": _l("Contacts"),
    "document": _l("Files"),
    "import": _l("Imports"),
    "institution": _l("Institution"),
    "invitation": _l("Invitations"),
    "invitations": _l("Invitations sent together"),
    "letter": _l("Letters"),
    "meeting": _l("Meetings"),
    "organization": _l("Organisations"),
    "proposal": _l("Proposals"),
    "special_day": _l("Special days"),
    "task": _l("Tasks"),
    "window": _l("Windows of special days"),
}

DEEDS: dict[str, LazyString] = {
    "account.created": _l("Account opened"),
    "account.edited": _l("Account edited"),
    "account.closed": _l("Account closed"),
    "account.reopened": _l("Account opened again"),
    "account.tied": _l("Account tied to an organisation"),
    "account.untied": _l("Account untied from an organisation"),
    "account.signed_in": _l("Signed in"),
    "account.signed_out": _l("Signed out"),
    "account.sign_in_failed": _l("Sign-in with a wrong password"),
    "account.session_ended": _l("Session ended"),
    "account.password_link_sent": _l("Password link sent"),
    "account.password_chosen": _l("Password chosen by link"),
    "account.password_changed": _l("Password changed"),
    "institution.founded": _l("Institution written down"),
    "institution.edited": _l("Institution edited"),
    "document.stored": _l("File uploaded"),
    "document.removed": _l("File deleted"),
    "letter.resent": _l("Letter sent again"),
}

MACHINES: dict[str, LazyString] = {
    "command": _l("Command line"),
    "worker": _l("Paydaş itself"),
}


def in_words(action: str) -> LazyString | str:
    """Return the words for an action; one that has none is shown as it is stored."""
    return DEEDS.get(action, action)


def who_and_how(line: AuditLine) -> tuple[LazyString | str, LazyString | str]:
    """Return who did it, and how they came where that is not the common way."""
    if line.via in MACHINES:
        return MACHINES[line.via], ""
    return line.actor_name, _l("by a personal link") if line.via == "link" else ""

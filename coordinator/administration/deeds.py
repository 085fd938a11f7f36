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
    "account.closed": _l("Account closed"),
    "account.created": _l("Account opened"),
    "account.edited": _l("Account edited"),
    "account.password_changed": _l("Password changed"),
    "account.password_chosen": _l("Password chosen by link"),
    "account.password_link_sent": _l("Password link sent"),
    "account.reopened": _l("Account opened again"),
    "account.session_ended": _l("Session ended"),
    "account.sign_in_failed": _l("Sign-in with a wrong password"),
    "account.signed_in": _l("Signed in"),
    "account.signed_out": _l("Signed out"),
    "account.tied": _l("Account tied to an organisation"),
    "account.untied": _l("Account untied from an organisation"),
    "activity.cancelled": _l("Activity cancelled"),
    "activity.created": _l("Activity added"),
    "activity.edited": _l("Activity edited"),
    "activity.moved": _l("Activity carried forward"),
    "activity.outcome_recorded": _l("What came of an activity written down"),
    "activity.partner_added": _l("Partner added to an activity"),
    "activity.partner_changed": _l("Partner of an activity changed"),
    "activity.partner_removed": _l("Partner taken from an activity"),
    "call.edited": _l("Call for proposals edited"),
    "call.opened": _l("Call for proposals opened"),
    "call.sent": _l("Call for proposals sent"),
    "closed_day.added": _l("Closed day added"),
    "closed_day.removed": _l("Closed day removed"),
    "contact.added": _l("Contact added"),
    "contact.edited": _l("Contact edited"),
    "contact.ended": _l("Contact ended"),
    "document.removed": _l("File deleted"),
    "document.stored": _l("File uploaded"),
    "import.applied": _l("List taken over"),
    "import.dropped": _l("List dropped"),
    "import.started": _l("List read"),
    "institution.edited": _l("Institution edited"),
    "institution.founded": _l("Institution written down"),
    "invitation.answered": _l("Invitation answered"),
    "invitation.dropped": _l("Invitation taken back"),
    "invitations.chosen": _l("Organisations chosen for a meeting"),
    "invitations.reminded": _l("Reminders sent"),
    "invitations.sent": _l("Invitations sent out"),
    "invitations.tried": _l("Invitation tried on oneself"),
    "letter.resent": _l("Letter sent again"),
    "meeting.attendance_taken": _l("Attendance written down"),
    "meeting.cancelled": _l("Meeting cancelled"),
    "meeting.edited": _l("Meeting edited"),
    "meeting.held": _l("Meeting held"),
    "meeting.invited": _l("Meeting announced"),
    "meeting.planned": _l("Meeting planned"),
    "organization.added": _l("Organisation added"),
    "organization.checked": _l("Organisation checked"),
    "organization.edited": _l("Organisation edited"),
    "organization.status_changed": _l("Organisation’s status changed"),
    "proposal.accepted": _l("Proposal accepted"),
    "proposal.begun": _l("Proposal begun"),
    "proposal.declined": _l("Proposal declined"),
    "proposal.edited": _l("Proposal edited"),
    "proposal.realised": _l("Proposal realised"),
    "proposal.sent": _l("Proposal sent"),
    "proposal.taken_up": _l("Proposal taken up"),
    "proposal.withdrawn": _l("Proposal withdrawn"),
    "special_day.added": _l("Special day added"),
    "special_day.edited": _l("Special day edited"),
    "task.added": _l("Task added"),
    "task.doing": _l("Task begun"),
    "task.done": _l("Task completed"),
    "task.dropped": _l("Task dropped"),
    "task.edited": _l("Task edited"),
    "task.open": _l("Task opened again"),
    "window.dates_set": _l("Dates of a special day set"),
    "window.opened": _l("Window of a special day opened"),
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

"""What people do to their own account."""

from coordinator.accounts import signed_in
from coordinator.accounts.models import User, UserSession
from coordinator.actors import Actor
from coordinator.audit import operations as audit
from coordinator.extensions import db
from coordinator.forms import claim


def save_own(
    user: User, *, full_name: str, language: str | None, version: int | None, actor: Actor
) -> None:
    """Change one's own name and language; raises SavedMeanwhile."""
    claim(user, version)
    user.full_name, user.language = full_name, language
    audit.record("account.edited", user, actor, changed=["own"])


def end_session(user: User, opened: UserSession, *, actor: Actor) -> None:
    """End one of one's sessions; whoever uses it must sign in again."""
    db.session.delete(opened)
    audit.record("account.session_ended", user, actor)


def end_other_sessions(user: User, *, actor: Actor) -> None:
    """End all of one's sessions but this one."""
    signed_in.end_others(user)
    audit.record("account.session_ended", user, actor)

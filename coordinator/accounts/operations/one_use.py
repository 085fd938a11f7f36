"""Links in letters that work once: found, counted, used up."""

from datetime import timedelta

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from coordinator import clock, links
from coordinator.access import Role
from coordinator.accounts.models import User
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.links import PersonalLink


class LinkUsedUp(RuleBroken):
    """The link was used, replaced by a newer one, or is too old."""

    message = _l("This link was used or is too old. Ask for a new one.")
    status = 410


def newest_only(purpose: str, user: User, lasting: timedelta) -> PersonalLink:
    """Issue a link for the account and end the older ones of its kind."""
    links.revoke(purpose, user.id)
    return links.issue(purpose, user.id, clock.now() + lasting)


def for_nobody() -> tuple[PersonalLink, User]:
    """Return a link and an account that are stored nowhere.

    A letter to them is put together and dropped when nobody has the address that was asked for:
    the time until the answer tells nothing.
    """
    link = PersonalLink(id=0, expires_at=clock.now())
    return link, User(id=0, full_name="", email="", role=Role.STAFF)


def issued_within(purpose: str, user: User, span: timedelta) -> int:
    """Return how many links of a kind the account was sent lately."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(
                PersonalLink.purpose == purpose,
                PersonalLink.subject_id == user.id,
                PersonalLink.created_at > clock.now() - span,
            )
        )
        or 0
    )


def holder(purpose: str, token: str) -> tuple[PersonalLink, User] | None:
    """Return a link and its account; None if there is no such link.

    Raises LinkUsedUp for one that no longer opens anything.
    """
    link = links.find(purpose, token)
    if link is None:
        return None
    user = db.session.get(User, link.subject_id)
    if user is None or not user.active or link.used_at or not links.is_open(link):
        raise LinkUsedUp
    return link, user


def use_up(link: PersonalLink) -> None:
    """Mark the link as used; of two at once, one gets LinkUsedUp."""
    used = db.session.execute(
        sa.update(PersonalLink)
        .where(
            PersonalLink.id == link.id,
            PersonalLink.used_at.is_(None),
            PersonalLink.revoked_at.is_(None),
            PersonalLink.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkUsedUp

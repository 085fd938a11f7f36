"""The lines of the audit, as they are read."""

import sqlalchemy as sa

from coordinator import turkish
from coordinator.audit.models import AuditLine


def lines(
    *, search: str = "", noun: str = "", without: tuple[str, ...] = ()
) -> sa.Select[AuditLine]:
    """Select lines, the newest first: of a person or thing, of one kind of thing.

    `noun` is the first part of an action ("meeting"); `without` names tables that are left out.
    """
    query = sa.select(AuditLine).order_by(AuditLine.id.desc())
    if wanted := turkish.search_key(search):
        query = query.where(AuditLine.search_key.contains(wanted, autoescape=True))
    if noun:
        query = query.where(AuditLine.action.startswith(f"{noun}.", autoescape=True))
    return query.where(AuditLine.subject.not_in(without)) if without else query

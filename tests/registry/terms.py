"""Short ways to the fields of work and target groups, for tests."""

from typing import Any

import sqlalchemy as sa

from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Organization, TargetGroup, Term, WorkArea
from coordinator.registry.queries import vocabularies as queries
from tests.browser import Page
from tests.factories import OrganizationFactory

AREAS, GROUPS = "/kuruluslar/alanlar", "/kuruluslar/hedef-gruplar"


def area(code: str) -> WorkArea:
    return db.session.execute(db.select(WorkArea).filter_by(code=code)).scalar_one()


def group(code: str) -> TargetGroup:
    return db.session.execute(db.select(TargetGroup).filter_by(code=code)).scalar_one()


def described(name: str, *areas: str, **values: Any) -> Organization:
    one = OrganizationFactory(name=name, **values)
    one.work_areas = [area(code) for code in areas]
    db.session.commit()
    return one


def order(kind: type[Term] = WorkArea) -> list[str]:
    return [one.code for one in queries.terms(kind) if not one.retired]


def deeds() -> list[str]:
    return list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))


def press(page: Page, path: str, status: int = 200, **data: str) -> Page:
    """Press one of the list's buttons, with the token that its form carries."""
    token = str(page.soup.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    return page.browser.post(path, {"csrf_token": token, **data}, status)

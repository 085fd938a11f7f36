"""An import that saves beside somebody who edits: each waits for the other, and none is refused."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.importing.storing import register_mark
from coordinator.registry.models import Contact, Organization
from tests.factories import ContactFactory, OrganizationFactory

ORGANIZATION, CONTACT = Organization.__table__, Contact.__table__


class Edit:
    """Somebody's edit in another thread, in two steps."""

    def __init__(self, app: Flask, first: sa.Executable, second: sa.Executable) -> None:
        self.engine, self.first, self.second = db.engine, first, second
        self.began, self.go_on = threading.Event(), threading.Event()
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        try:
            with self.engine.begin() as connection:
                connection.execute(self.first)
                self.began.set()
                self.go_on.wait(10)
                connection.execute(self.second)
        except Exception as error:
            self.error = error
            self.began.set()


@pytest.mark.parametrize("begins_with", ["organisation", "contact", "both"])
def test_an_edit_that_has_begun_comes_first(app: Flask, begins_with: str) -> None:
    contact = ContactFactory(organization=OrganizationFactory(name="Ada Derneği"))
    number, person = contact.organization_id, contact.id
    db.session.commit()
    kept = sa.select(ORGANIZATION.c.id).where(ORGANIZATION.c.id == number).with_for_update()
    rename = sa.update(ORGANIZATION).where(ORGANIZATION.c.id == number).values(notes="x")
    promote = sa.update(CONTACT).where(CONTACT.c.id == person).values(position="x")
    steps = {"organisation": (kept, rename), "contact": (promote, rename),
             "both": (kept, promote)}[begins_with]  # fmt: skip
    edit = Edit(app, *steps)
    edit.thread.start()
    edit.began.wait(10)
    threading.Timer(0.5, edit.go_on.set).start()
    register_mark.hold()
    db.session.execute(rename.values(notes="y"))
    db.session.execute(promote.values(position="y"))
    db.session.commit()
    edit.thread.join(10)
    assert edit.error is None
    assert db.session.scalar(sa.select(ORGANIZATION.c.notes)) == "y"

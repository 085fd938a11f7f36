"""Two people change the contacts of one organisation at the same moment."""

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.duplicates import operations as duplicates
from coordinator.duplicates.facts import Choices
from coordinator.errors import RuleBroken, SavedMeanwhile
from coordinator.extensions import db
from coordinator.registry import operations
from coordinator.registry.models import Contact, Organization, OrgStatus
from coordinator.registry.operations.holding import MergedAway
from tests.factories import ContactFactory, OrganizationFactory


def test_of_two_who_add_the_same_person_one_is_told(app: Flask) -> None:
    number = OrganizationFactory().id
    db.session.commit()
    db.session.remove()
    start, told = Barrier(2), []

    def add() -> None:
        with app.app_context():
            organization = db.session.get_one(Organization, number)
            list(organization.contacts)
            if db.engine.dialect.name == "postgresql":
                start.wait(20)
            try:
                operations.add_contact(
                    organization=organization,
                    actor=COMMAND,
                    full_name="Ayşe Su",
                    email="a@b.example",
                )
                db.session.commit()
            except RuleBroken as error:
                told.append(type(error).__name__)
            finally:
                db.session.remove()

    people = [Thread(target=add) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(60)
    (contact,) = db.session.scalars(sa.select(Contact))
    assert contact.is_primary
    assert told == ["AlreadyContact"]


def test_what_was_read_before_the_wait_is_read_again(app: Flask) -> None:
    organization = OrganizationFactory()
    contact = ContactFactory(organization=organization, email="a@b.example")
    assert organization.contacts == [contact]
    table = Contact.metadata.tables["contact"]
    values = {
        column.name: getattr(contact, column.name)
        for column in table.columns
        if column.name not in {"id", "public_id"}
    }
    # Written past the session, as another process does it.
    db.session.execute(
        sa.insert(table).values({**values, "public_id": "x" * 8, "email": "c@d.example"})
    )
    with pytest.raises(RuleBroken):
        operations.add_contact(
            organization=organization, actor=COMMAND, full_name="Ayşe Su", email="c@d.example"
        )


def test_a_contact_that_was_moved_meanwhile_is_not_changed_where_it_was(app: Flask) -> None:
    contact = ContactFactory()
    organization, other = contact.organization, OrganizationFactory()
    assert organization.contacts == [contact]
    db.session.execute(
        sa.update(Contact.metadata.tables["contact"]).values(organization_id=other.id)
    )
    for deed in (
        lambda: operations.edit_contact(
            contact=contact, version=contact.version, actor=COMMAND, phone=""
        ),
        lambda: operations.end_contact(contact=contact, version=contact.version, actor=COMMAND),
    ):
        with pytest.raises(SavedMeanwhile):
            deed()


def test_a_merged_record_is_only_read(app: Flask) -> None:
    kept, other = OrganizationFactory(name="Akasya"), OrganizationFactory(name="Begonya")
    ours, theirs = (ContactFactory(organization=one, email="a@b.example") for one in (kept, other))
    duplicates.merge(kept=kept, other=other, choices=Choices(), actor=COMMAND)
    db.session.commit()
    assert (ours.organization, theirs.organization) == (kept, other)
    held = {"actor": COMMAND, "organization": other}
    for deed in (
        lambda: operations.add_contact(**held, full_name="Ayşe Su"),
        lambda: operations.edit_organization(**held, version=other.version, notes="Not"),
        lambda: operations.change_status(
            **held, version=other.version, status=OrgStatus.ACTIVE
        ),
        lambda: operations.edit_contact(
            contact=theirs, version=theirs.version, actor=COMMAND, phone=""
        ),
        lambda: operations.end_contact(contact=theirs, version=theirs.version, actor=COMMAND),
        lambda: operations.hand_over(
            contact=theirs, version=theirs.version, actor=COMMAND, day=clock.today(),
            full_name="Ayşe Su",
        ),
    ):  # fmt: skip
        with pytest.raises(MergedAway) as refused:
            deed()
        assert "Begonya kaydı Akasya kaydıyla birleştirildi." in str(refused.value)
    assert other.status is OrgStatus.MERGED
    assert other.contacts == [theirs]

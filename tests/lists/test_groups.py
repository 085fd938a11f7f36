"""Fixed groups: who is in them, what they hold, what becomes of them when records change."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.audit.models import AuditLine
from coordinator.errors import RuleBroken
from coordinator.extensions import db
from coordinator.lists import operations, queries
from coordinator.lists.models import list_member
from coordinator.registry import belongings
from coordinator.registry.models import Channel, OrgStatus
from coordinator.registry.queries import recipients
from tests.factories import ContactFactory, OrganizationFactory
from tests.lists.parts import again, group, names_on, saved


def test_members_are_added_once_and_taken_out(app: Flask) -> None:
    one, other = OrganizationFactory(name="Işık"), OrganizationFactory(name="İncir")
    board = group(one)
    assert operations.add(group=board, organizations=[one, other], actor=COMMAND) == 1
    assert names_on(board) == ["Işık", "İncir"]
    assert operations.remove(group=board, organizations=[one], actor=COMMAND) == 1
    assert operations.remove(group=board, organizations=[one], actor=COMMAND) == 0
    assert names_on(board) == ["İncir"]


def test_each_deed_is_written_down(app: Flask) -> None:
    one = OrganizationFactory()
    board = group(one)
    operations.remove(group=board, organizations=[one], actor=COMMAND)
    operations.delete(one=board, version=board.version, actor=COMMAND)
    db.session.commit()
    asked = sa.select(AuditLine.action).where(AuditLine.action.startswith("list."))
    assert list(db.session.scalars(asked.order_by(AuditLine.id))) == [
        "list.added", "list.members_added", "list.members_removed", "list.deleted",
    ]  # fmt: skip
    assert again(board) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(list_member)) == 0


def test_only_a_group_that_is_there_takes_members(app: Flask) -> None:
    one = OrganizationFactory()
    with pytest.raises(RuleBroken, match="artık yok"):
        operations.add(group=saved(), organizations=[one], actor=COMMAND)
    board = group()
    operations.delete(one=board, version=board.version, actor=COMMAND)
    db.session.commit()
    with pytest.raises(RuleBroken, match="artık yok"):
        operations.add(group=board, organizations=[one], actor=COMMAND)


def test_a_record_that_was_merged_is_not_added_and_not_shown(app: Flask) -> None:
    stays, goes = OrganizationFactory(name="Kalan"), OrganizationFactory(name="Giden")
    board = group(stays, goes)
    goes.status, goes.merged_into_id = OrgStatus.MERGED, stays.id
    db.session.commit()
    assert names_on(board) == ["Kalan"]
    assert queries.held([board])[board.id].organizations == 1
    assert queries.organizations([goes.public_id, stays.public_id]) == [stays]
    assert queries.searches_finding(goes) == []


def test_membership_goes_along_when_records_are_merged(app: Flask) -> None:
    (mine,) = [one for one in belongings.known() if one.table is list_member]
    assert mine.once_per == (list_member.c.list_id,)
    assert mine.hinders_undo
    one = OrganizationFactory()
    group(one)
    assert belongings.counts([one.id])[one.id] == [(mine, 1)]


def test_addresses_are_counted_as_letters_find_them(app: Flask) -> None:
    person = OrganizationFactory(name="A", email="genel@a.example")
    ContactFactory(organization=person, email="bir@a.example")
    ContactFactory(organization=person, email="iki@a.example", is_primary=False)
    calls = OrganizationFactory(name="B", email="genel@b.example")
    ContactFactory(organization=calls, preferred_channel=Channel.PHONE)
    gone = OrganizationFactory(name="C", email="genel@c.example")
    ContactFactory(organization=gone, active_until=clock.today() - timedelta(days=1))
    shared = OrganizationFactory(name="D", email="genel@c.example")
    silent = OrganizationFactory(name="E")
    closed = OrganizationFactory(name="F", email="f@f.example", status=OrgStatus.CLOSED)
    everybody = [person, calls, gone, shared, silent, closed]
    board, search = group(*everybody), saved()
    db.session.commit()
    found = queries.held([board, search])
    assert found[board.id] == found[search.id]
    held = found[board.id]
    reached = recipients([one.id for one in everybody if one is not closed])
    assert held.organizations == 6
    assert held.at_work == 5
    assert held.reached == sum(1 for one in reached.values() if one) == 4
    assert held.addresses == len({a.address for one in reached.values() for a in one}) == 4


def test_the_lists_of_an_organisation(app: Flask) -> None:
    one = OrganizationFactory(name="Işık Derneği")
    other = OrganizationFactory(name="Başka")
    board = group(one, other, name="Kurul")
    group(other, name="Başkaları")
    search = saved("Arama", ilce=["konak"])
    words = saved("Söz", ara="işık")
    saved("Boş", ilce=["buca"])
    db.session.commit()
    assert queries.groups_of(one) == [board]
    assert queries.searches_finding(one) == [search, words]

"""A merge is taken back: what was there stands again, what came since stays."""

import pytest
from flask import Flask

from coordinator.audit.models import AuditLine
from coordinator.duplicates import operations
from coordinator.duplicates.facts import Pick
from coordinator.extensions import db
from coordinator.registry.models import (
    OrgStatus,
)
from coordinator.registry.queries import find_organization
from tests.duplicates.parts import everything, merge, unmerge
from tests.factories import ContactFactory, OrganizationFactory


class TestTakingBack:
    def test_what_was_changed_or_added_since_stays(self, app: Flask) -> None:
        kept = OrganizationFactory(name="A", phone="")
        other = OrganizationFactory(name="B", phone="+902321112233", founded_year=1999)
        theirs = ContactFactory(organization=other)
        made = merge(kept, other)
        kept.founded_year = 2001
        new = ContactFactory(organization=kept, is_primary=False)
        theirs.phone = "+905321112233"
        db.session.commit()
        unmerge(made)
        assert (kept.founded_year, kept.phone, other.founded_year) == (2001, "", 1999)
        assert (new.organization, theirs.organization) == (kept, other)
        assert theirs.phone == "+905321112233"
        assert other.status is OrgStatus.ACTIVE

    def test_a_chain_is_taken_apart_from_its_end(self, app: Flask) -> None:
        a, b, c = (OrganizationFactory(name=name) for name in ("Akasya", "Begonya", "Cemre"))
        before = everything()
        first = merge(a, b)
        second = merge(c, a)
        assert find_organization("Begonya") is c
        assert find_organization(b.public_id) is c
        with pytest.raises(operations.UndoLaterFirst, match="Cemre"):
            unmerge(first)
        db.session.rollback()
        unmerge(second)
        assert find_organization("Begonya") is a
        unmerge(first)
        assert everything() == before
        with pytest.raises(operations.AlreadyUndone):
            unmerge(first)

    def test_the_later_of_two_merges_goes_first(self, app: Flask) -> None:
        kept, one, two = (OrganizationFactory() for _ in range(3))
        before = everything()
        first, second = merge(kept, one), merge(kept, two)
        with pytest.raises(operations.UndoLaterFirst):
            unmerge(first)
        db.session.rollback()
        unmerge(second)
        unmerge(first)
        assert everything() == before

    def test_a_number_given_away_stands_in_the_way(self, app: Flask) -> None:
        kept = OrganizationFactory(registry_no="35-111-111")
        other = OrganizationFactory(registry_no="35-222-222")
        made = merge(kept, other, picks={"registry_no": Pick.OTHER})
        other.registry_no = None
        db.session.commit()
        OrganizationFactory(registry_no="35-111-111")
        db.session.commit()
        before = everything()
        with pytest.raises(operations.NumberGivenAway):
            unmerge(made)
        db.session.rollback()
        assert everything() == before
        assert other.status is OrgStatus.MERGED

    def test_both_deeds_are_written_down(self, app: Flask) -> None:
        kept, other = OrganizationFactory(name="A"), OrganizationFactory(name="B")
        unmerge(merge(kept, other))
        lines = db.session.query(AuditLine.action, AuditLine.subject_name, AuditLine.details)
        told = [(action, name, details["other"]) for action, name, details in lines]
        assert told == [("organization.merged", "A", "B"), ("organization.unmerged", "A", "B")]

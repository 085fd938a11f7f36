"""Two records become one: nothing is lost, and everything can be taken back."""

from datetime import date

import pytest
from flask import Flask

from coordinator.actors import COMMAND
from coordinator.duplicates import operations
from coordinator.duplicates.facts import Choices, Pick
from coordinator.errors import SavedMeanwhile
from coordinator.extensions import db
from coordinator.registry.models import (
    Contact,
    NameKind,
    Organization,
    OrganizationName,
    OrgStatus,
    OrgType,
    Representation,
)
from coordinator.registry.queries import find_organization, work_areas
from tests.duplicates.parts import everything, merge, unmerge
from tests.factories import ContactFactory, OrganizationFactory, district, represent


def test_the_other_record_stands_for_nothing_and_leads_to_the_kept_one(app: Flask) -> None:
    kept = OrganizationFactory(
        name="Mor Zeytin Kadın Derneği", short_name="Mor Zeytin", registry_no="35-111-111"
    )
    other = OrganizationFactory(name="Mor Zeytin Kadınları", short_name="MZK")
    merge(kept, other)
    assert other.status is OrgStatus.MERGED
    assert other.merged_into_id == kept.id
    assert [(one.name, one.kind) for one in kept.former_names] == [
        ("Mor Zeytin Kadınları", NameKind.MERGED),
        ("MZK", NameKind.MERGED),
    ]
    for text in ("Mor Zeytin Kadınları", "mzk", other.public_id, "35-111-111"):
        assert find_organization(text) is kept


def test_what_only_one_of_them_knows_is_kept(app: Flask) -> None:
    kept = OrganizationFactory(name="A", email="a@a.example", founded_year=None)
    other = OrganizationFactory(
        name="B", email="b@b.example", phone="+902321112233", founded_year=1999,
        public_benefit=True, tax_no="1234567890", verified_at=date(2026, 1, 2),
    )  # fmt: skip
    merge(kept, other)
    assert (kept.email, kept.phone, kept.founded_year) == ("a@a.example", "+902321112233", 1999)
    assert (kept.public_benefit, kept.tax_no) == (True, "1234567890")
    assert kept.verified_at == date(2026, 1, 2)
    assert "b@b.example" in kept.notes


def test_each_difference_is_decided(app: Flask) -> None:
    kept = OrganizationFactory(
        name="A", email="a@a.example", address="Konak 1", notes="Bizim", source="Liste"
    )
    other = OrganizationFactory(
        name="B", email="b@b.example", address="Konak 2", notes="Onların", source="Toplantı",
        org_type=OrgType.FOUNDATION, district=district("Buca"),
    )  # fmt: skip
    merge(
        kept,
        other,
        picks={"name": Pick.OTHER, "email": Pick.OTHER, "org_type": Pick.OTHER,
               "address": Pick.KEPT, "district_id": Pick.OTHER},
    )  # fmt: skip
    assert (kept.name, kept.email, kept.address) == ("B", "b@b.example", "Konak 1")
    assert (kept.org_type, kept.district.name) == (OrgType.FOUNDATION, "Buca")
    assert kept.notes == "Bizim\n\nOnların"
    assert kept.source == "Liste; Toplantı"
    assert [one.name for one in kept.former_names] == ["A"]
    assert find_organization("A") is kept
    assert (kept.search_key, kept.sort_key) == ("b", "b")


def test_an_unreadable_address_is_no_matter_where_there_is_a_good_one(app: Flask) -> None:
    kept = OrganizationFactory(unreadable_email="a at b")
    merge(kept, OrganizationFactory(email="b@b.example"))
    assert (kept.email, kept.unreadable_email) == ("b@b.example", "")


@pytest.mark.parametrize("picked", [Pick.KEPT, Pick.OTHER])
def test_both_register_numbers_go_on_leading_to_the_kept_record(app: Flask, picked: Pick) -> None:
    kept = OrganizationFactory(registry_no="35-111-111")
    other = OrganizationFactory(registry_no="35-222-222")
    before = everything()
    made = merge(kept, other, picks={"registry_no": picked})
    assert kept.registry_no == ("35-111-111" if picked is Pick.KEPT else "35-222-222")
    assert find_organization("35-111-111") is kept
    assert find_organization("35-222-222") is kept
    unmerge(made)
    assert everything() == before


def test_fields_of_work_are_those_of_both_unless_some_are_left_out(app: Flask) -> None:
    one, two, three = work_areas()[:3]
    kept, other = (
        OrganizationFactory(work_areas=[one, two]),
        OrganizationFactory(work_areas=[three]),
    )
    before = everything()
    made = merge(kept, other)
    assert kept.work_areas == [one, two, three]
    unmerge(made)
    assert everything() == before
    made = merge(kept, other, work_areas=frozenset({two.id, three.id}))
    assert kept.work_areas == [two, three]
    unmerge(made)
    assert everything() == before


def test_branches_members_and_umbrellas_follow(app: Flask) -> None:
    roof, another = (OrganizationFactory(org_type=OrgType.FEDERATION) for _ in range(2))
    kept = OrganizationFactory(org_type=OrgType.FEDERATION, umbrellas=[roof])
    other = OrganizationFactory(org_type=OrgType.FEDERATION, umbrellas=[roof, another, kept])
    branch = OrganizationFactory(parent=other)
    member, both = (
        OrganizationFactory(umbrellas=[other]),
        OrganizationFactory(umbrellas=[kept, other]),
    )
    before = everything()
    made = merge(kept, other)
    assert set(kept.umbrellas) == {roof, another}
    assert branch.parent is kept
    assert set(kept.members) == {member, both}
    assert other.umbrellas == other.members == []
    unmerge(made)
    assert everything() == before


def test_nobody_becomes_their_own_head(app: Flask) -> None:
    kept = OrganizationFactory(name="Kök")
    other = OrganizationFactory(name="Kök Derneği", parent=kept)
    below = OrganizationFactory(name="Dal", parent=other)
    merge(kept, other)
    assert kept.parent is None
    assert below.parent is kept
    head = OrganizationFactory(name="Baş")
    middle = OrganizationFactory(name="Orta", parent=head)
    low = OrganizationFactory(name="Alt", parent=middle)
    merge(low, head)
    assert low.parent is None
    assert middle.parent is low


class TestPeople:
    def test_contacts_move_and_one_is_primary(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        ours, theirs = ContactFactory(organization=kept), ContactFactory(organization=other)
        before = everything()
        made = merge(kept, other)
        assert kept.contacts == [ours, theirs]
        assert (ours.is_primary, theirs.is_primary) == (True, False)
        unmerge(made)
        assert everything() == before

    def test_a_record_without_contacts_gets_the_other_s_primary_one(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        theirs = ContactFactory(organization=other)
        merge(kept, other)
        assert theirs.organization is kept
        assert theirs.is_primary

    def test_the_same_person_is_there_once(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        ours = ContactFactory(
            organization=kept, full_name="Nermin Su", email="n@a.example", phone="", position=""
        )
        theirs = ContactFactory(
            organization=other, full_name="NERMİN SU", email="", phone="+905321112233",
            position="Başkan",
        )  # fmt: skip
        before = everything()
        made = merge(kept, other)
        assert kept.contacts == [ours]
        assert (ours.phone, ours.position) == ("+905321112233", "Başkan")
        assert theirs.organization is other
        unmerge(made)
        assert everything() == before

    def test_one_name_with_two_addresses_may_be_two_people(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        ContactFactory(organization=kept, full_name="Nermin Su", email="n@a.example")
        theirs = ContactFactory(organization=other, full_name="Nermin Su", email="n@b.example")
        made = merge(kept, other)
        assert theirs.organization is kept
        unmerge(made)
        merge(kept, other, same_people=frozenset({theirs.id}))
        assert theirs.organization is other
        assert "Nermin Su: n@b.example" in kept.notes

    def test_accounts_act_for_the_kept_record_once(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        theirs, both = represent(other), represent(other)
        db.session.add(Representation(user_id=both.id, organization=kept))
        before = everything()
        made = merge(kept, other)
        held = db.session.query(Representation.user_id, Representation.organization_id)
        assert set(held) == {(theirs.id, kept.id), (both.id, kept.id)}
        unmerge(made)
        assert everything() == before


class TestRefusals:
    def test_a_record_is_not_merged_with_itself(self, app: Flask) -> None:
        one = OrganizationFactory()
        with pytest.raises(operations.SameRecord):
            merge(one, one)

    def test_a_merged_record_is_merged_no_more(self, app: Flask) -> None:
        kept, other, third = (OrganizationFactory() for _ in range(3))
        merge(kept, other)
        for pair in ((third, other), (other, third)):
            with pytest.raises(operations.AlreadyMerged):
                merge(*pair)

    def test_whoever_saved_meanwhile_is_not_overwritten(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        versions = (kept.version, other.version)
        other.phone = "+902321112233"
        db.session.commit()
        before = everything()
        with pytest.raises(SavedMeanwhile):
            operations.merge(
                kept=kept, other=other, choices=Choices(), actor=COMMAND, versions=versions
            )
        db.session.rollback()
        assert everything() == before

    def test_an_open_page_of_either_notices_the_merge(self, app: Flask) -> None:
        kept, other = OrganizationFactory(), OrganizationFactory()
        versions = (kept.version, other.version)
        merge(kept, other)
        assert kept.version > versions[0]
        assert other.version > versions[1]


def test_names_that_are_known_are_not_kept_twice(app: Flask) -> None:
    kept, other = OrganizationFactory(name="Akasya"), OrganizationFactory(name="AKASYA")
    for one in (kept, other):
        db.session.add(OrganizationName(organization=one, name="Eski Akasya"))
    db.session.flush()
    before = everything()
    made = merge(kept, other)
    assert [one.name for one in kept.former_names] == ["Eski Akasya"]
    assert db.session.query(Contact).count() == 0
    assert db.session.query(Organization).count() == 2
    unmerge(made)
    assert everything() == before

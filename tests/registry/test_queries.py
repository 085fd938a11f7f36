"""Who is written to, who represents whom, which organisation a text names."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry import queries
from coordinator.registry.models import Channel, OrgStatus, Representation
from coordinator.registry.queries import Recipient
from tests.browser import counted_statements
from tests.factories import ContactFactory, OrganizationFactory, UserFactory, district, represent


def addresses(organization_id: int) -> list[str]:
    return [one.address for one in queries.recipients([organization_id])[organization_id]]


def test_letters_go_to_the_active_contacts_who_want_email(app: Flask) -> None:
    one = OrganizationFactory(email="bilgi@a.example")
    first = ContactFactory(
        organization=one, full_name="Zehra Ak", email="z@a.example", preferred_language="en"
    )
    second = ContactFactory(
        organization=one, full_name="Ayla Su", email="a@a.example", is_primary=False
    )
    ContactFactory(
        organization=one,
        email="telefon@a.example",
        preferred_channel=Channel.PHONE,
        is_primary=False,
    )
    ContactFactory(organization=one, email="", is_primary=False)
    ContactFactory(
        organization=one, email="eski@a.example", active_until=clock.today(), is_primary=False
    )
    ContactFactory(organization=one, email="z@a.example", is_primary=False)
    assert queries.recipients([one.id]) == {
        one.id: [
            Recipient("Zehra Ak", "z@a.example", "en", first.id),
            Recipient("Ayla Su", "a@a.example", "tr", second.id),
        ]
    }


def test_without_such_a_contact_they_go_to_the_organisation_or_to_nobody(app: Flask) -> None:
    own = OrganizationFactory(name="Akasya", email="bilgi@a.example")
    ContactFactory(organization=own, preferred_channel=Channel.PHONE)
    nobody = OrganizationFactory(email="")
    ContactFactory(organization=nobody, email="")
    assert queries.recipients([nobody.id, own.id, own.id]) == {
        nobody.id: [],
        own.id: [Recipient("Akasya", "bilgi@a.example", "tr", None)],
    }
    assert queries.recipients([]) == {}


def test_a_contact_ends_on_the_day_that_is_written(app: Flask) -> None:
    one = OrganizationFactory(email="")
    contact = ContactFactory(organization=one, email="a@a.example")
    for days, expected in ((1, ["a@a.example"]), (0, []), (-1, [])):
        contact.active_until = clock.today() + timedelta(days=days)
        assert addresses(one.id) == expected
        assert contact.is_active is bool(expected)


def test_recipients_of_many_cost_two_questions(app: Flask) -> None:
    ids = [ContactFactory().organization.id for _ in range(30)]
    ids.append(OrganizationFactory(email="x@x.example").id)
    with counted_statements() as statements:
        assert all(queries.recipients(ids).values())
    assert len([s for s in statements if s.startswith("SELECT")]) == 2


def test_an_organisation_is_named_by_page_number_or_name(app: Flask) -> None:
    one = OrganizationFactory(
        name="Işık Kadın Derneği", short_name="IŞIK-DER", registry_no="35-123-456"
    )
    OrganizationFactory(name="Işık Kadın Derneği Buca Şubesi")
    for text in (
        one.public_id,
        "35/123/456",
        "ISIK KADIN DERNEGI",
        " ışık  kadın derneği ",
        "ışık-der",
    ):
        assert queries.find_organization(text) is one
    for text in ("", "Işık", "…", "10000000146", "x" * 5000, "\x00"):
        assert queries.find_organization(text) is None


def test_two_of_one_name_name_nobody(app: Flask) -> None:
    OrganizationFactory(name="Işık")
    OrganizationFactory(name="IŞIK")
    assert queries.find_organization("ışık") is None


def test_an_account_represents_what_it_was_given(app: Flask) -> None:
    b, a = OrganizationFactory(name="B"), OrganizationFactory(name="A")
    OrganizationFactory(name="C")
    user = represent(b)
    assert queries.represented(user) == [b]
    db.session.add(Representation(user_id=user.id, organization_id=a.id))
    db.session.flush()
    assert queries.represented(user) == [a, b]
    assert queries.represented_ids(user) == {a.id, b.id}
    assert queries.represented_ids(UserFactory()) == frozenset()


def test_the_shipped_lists_come_in_order(app: Flask) -> None:
    names = [one.name for one in queries.districts()]
    assert len(names) == 30
    assert names.index("Çeşme") < names.index("Çiğli") < names.index("Dikili")
    assert queries.work_area_names("tr")[0] == ("violence", "Kadına yönelik şiddetle mücadele")
    assert queries.work_area_names("en")[-1] == ("other", "Other")
    assert district("Çiğli").slug == "cigli"


@pytest.mark.parametrize("status", [OrgStatus.PASSIVE, OrgStatus.CLOSED, OrgStatus.DRAFT])
def test_an_address_counts_only_while_its_organisation_is_at_work(
    app: Flask, status: OrgStatus
) -> None:
    contact = ContactFactory(email="a@a.example")
    assert queries.with_address("a@a.example") == [contact]
    contact.organization.status = status
    assert queries.with_address("a@a.example") == []
    assert queries.with_address("") == []

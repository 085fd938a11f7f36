"""Which names, addresses and phones look like an organisation that is here."""

import pytest
from flask import Flask

from coordinator import turkish
from coordinator.registry.likeness import Reason, alike, same_body
from tests.factories import ContactFactory, OrganizationFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mor Zeytin Kadın Derneği", "MOR ZEYTİN KADIN DERNEĞİ"),
        ("Mor Zeytin Kadın Derneği", "Mor Zeytin Kadın"),
        ("Mor Zeytin Kadın Derneği", "Mor Zeytın Kadın Dernegi"),
        ("Mor Zeytin Kadın Derneği", "Mor Zeytn Kadın Derneği"),
        ("Mor Zeytin Kadın Derneği", "Urla Mor Zeytin Kadın Derneği"),
        ("Mor Zeytin Kadın Derneği", "Kadın Mor Zeytin Derneği"),
        ("Mor Zeytin Kadın Derneği", "Mor Zeytin Kadın Dernek"),
        ("Kadın Derneği", "Kadın Dernegi"),
        ("Dernek", "Dernek"),
    ],
)
def test_one_body_under_two_spellings(one: str, other: str) -> None:
    assert same_body(turkish.search_key(one), turkish.search_key(other))
    assert same_body(turkish.search_key(other), turkish.search_key(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buca Kadın Dayanışma Derneği", "Foça Kadın Dayanışma Derneği"),
        ("Mavi Kıyı Kadın Derneği 1", "Mavi Kıyı Kadın Derneği 2"),
        ("Kadın Derneği", "Mor Zeytin Kadın Derneği"),
        ("İzmir Kadın Derneği", "İzmir Kadın Sağlığı Derneği"),
        ("Mor Zeytin Kadın Derneği", "Mor Salkım Kadın Derneği"),
        ("Dernek", "Vakıf"),
    ],
)
def test_two_bodies_with_alike_names(one: str, other: str) -> None:
    assert not same_body(turkish.search_key(one), turkish.search_key(other))


def test_the_same_address_or_phone_is_noticed_on_organisation_and_contact(app: Flask) -> None:
    a = OrganizationFactory(name="Akasya Evi", email="akasya@a.example", phone="+902321112233")
    b = OrganizationFactory(name="Bahar Evi")
    ContactFactory(organization=b, email="bahar@b.example", phone="+905321112233")

    def found(**values: str) -> list[tuple[str, Reason]]:
        return [(one.organization.name, one.reason) for one in alike(name="Cemre", **values)]

    assert found(email="akasya@a.example") == [("Akasya Evi", Reason.EMAIL)]
    assert found(email="bahar@b.example") == [("Bahar Evi", Reason.EMAIL)]
    assert found(phone="+902321112233") == [("Akasya Evi", Reason.PHONE)]
    assert found(phone="+905321112233") == [("Bahar Evi", Reason.PHONE)]
    assert found() == []
    assert [one.organization for one in alike(name="Akasya Evi Derneği")] == [a]

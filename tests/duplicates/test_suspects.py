"""Which pairs are suspected, how sure that is, and what is never asked again."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from coordinator.actors import COMMAND
from coordinator.duplicates import operations, queries
from coordinator.extensions import db
from coordinator.registry.likeness import Reason, folded, same_body, site_key
from coordinator.registry.lookalikes import latin
from coordinator.registry.models import Organization, OrganizationName
from tests.browser import counted_statements
from tests.duplicates.parts import merge, unmerge
from tests.factories import ContactFactory, OrganizationFactory, district


def found() -> list[tuple[str, str, int, set[Reason]]]:
    """Return the pairs by name, with how sure they are and why."""
    db.session.commit()
    named = {one.id: one.name for one in db.session.query(Organization)}
    return [
        (named[one.first], named[one.second], one.likeness, set(one.reasons))
        for one in queries.suspects()
    ]


def reasons() -> set[Reason]:
    pairs = found()
    assert len(pairs) == 1, pairs
    return pairs[0][3]


class TestWhatIsCompared:
    @pytest.mark.parametrize(
        ("other", "reason"),
        [
            ("MOR ZEYTİN KADIN DERNEĞİ", Reason.SAME_NAME),
            ("Mor Zeytin Kadın Der.", Reason.NAME),
            ("Mor Zeytin Kadınları", Reason.NAME),
            ("Mor Zeytn Kadın Derneği", Reason.NAME),
            ("MorZeytin Kadın Derneği", Reason.NAME),
            ("Kadın Mor Zeytin Derneği", Reason.NAME),
            ("Urla Mor Zeytin Kadın Derneği", Reason.NAME),
            ("Мor Zеytin Kadın Derneği", Reason.LOOKS_SAME),
        ],
    )
    def test_names(self, app: Flask, other: str, reason: Reason) -> None:
        OrganizationFactory(name="Mor Zeytin Kadın Derneği")
        OrganizationFactory(name=other)
        assert reasons() == {reason}

    @pytest.mark.parametrize(
        "other",
        ["Mor Salkım Kadın Derneği", "Kadın Derneği", "Yeşil Zeytin Vakfı", "Mor Kadın Derneği"],
    )
    def test_other_names(self, app: Flask, other: str) -> None:
        OrganizationFactory(name="Mor Zeytin Kadın Derneği")
        OrganizationFactory(name=other)
        assert found() == []

    def test_former_and_short_names(self, app: Flask) -> None:
        one = OrganizationFactory(name="Işık Dayanışma Derneği", short_name="IDD")
        db.session.add(OrganizationName(organization=one, name="Konak Mum Yakanlar Derneği"))
        OrganizationFactory(name="Mum Yakanlar Konak Derneği")
        assert reasons() == {Reason.FORMER_NAME}
        db.session.query(OrganizationName).delete()
        OrganizationFactory(name="IDD")
        assert reasons() == {Reason.SHORT_NAME}

    def test_numbers(self, app: Flask) -> None:
        OrganizationFactory(name="Akasya", registry_no="VGM 1234")
        OrganizationFactory(name="Begonya", registry_no="vgm-1234")
        ((_one, _other, likeness, why),) = found()
        assert (likeness, why) == (100, {Reason.REGISTRY_NO})

    def test_addresses_phones_and_sites(self, app: Flask) -> None:
        reach = {"email": "a@a.example", "phone": "+902321112233"}
        OrganizationFactory(name="Akasya", website="https://www.a.example/tr", **reach)
        OrganizationFactory(name="Begonya", website="http://a.example", **reach)
        assert reasons() == {Reason.EMAIL, Reason.PHONE, Reason.WEBSITE}

    def test_one_person_may_speak_for_two_organisations(self, app: Flask) -> None:
        for name in ("Akasya", "Begonya"):
            ContactFactory(
                organization=OrganizationFactory(name=name), email="n@n.example",
                phone="+905321112233",
            )  # fmt: skip
        assert found() == []

    def test_an_office_house_tells_nothing(self, app: Flask) -> None:
        for number in range(12):
            OrganizationFactory(name=f"Kurum {'abcdefghijkl'[number] * 6}", phone="+902321112233")
        assert found() == []

    def test_a_branch_is_not_its_head(self, app: Flask) -> None:
        head = OrganizationFactory(name="Mor Zeytin Derneği", phone="+902321112233")
        for place in ("Buca", "Foça"):
            OrganizationFactory(
                name="Mor Zeytin Derneği Şubesi", parent=head, phone="+902321112233",
                district=district(place),
            )  # fmt: skip
        assert found() == []

    def test_what_speaks_against_it_is_told_and_weighed(self, app: Flask) -> None:
        OrganizationFactory(name="Mor Zeytin Derneği", registry_no="35-111-111")
        OrganizationFactory(
            name="Mor Zeytin Derneği", registry_no="35-222-222", district=district("Konak")
        )
        ((_one, _other, likeness, why),) = found()
        assert likeness < 60
        assert why == {Reason.SAME_NAME, Reason.OTHER_NUMBER}
        db.session.query(Organization).update({"registry_no": None})
        first = db.session.query(Organization).first()
        assert first is not None
        first.district = district("Buca")
        assert reasons() == {Reason.SAME_NAME, Reason.OTHER_DISTRICT}


def test_the_most_certain_pair_comes_first(app: Flask) -> None:
    OrganizationFactory(name="Mor Zeytin Derneği", email="a@a.example")
    OrganizationFactory(name="Mor Zeytn Derneği")
    OrganizationFactory(name="Mor Zeytin Derneği", email="a@a.example")
    likeness = [one[2] for one in found()]
    assert likeness == sorted(likeness, reverse=True)
    assert len(likeness) == 3


def test_a_pair_that_is_two_is_not_shown_again_until_that_is_taken_back(app: Flask) -> None:
    one, other = (OrganizationFactory(name="Mor Zeytin") for _ in range(2))
    for _twice in range(2):
        operations.keep_apart(one=other, other=one, actor=COMMAND)
    assert found() == []
    operations.suspect_again(one=one, other=other, actor=COMMAND)
    assert len(found()) == 1


def test_what_was_said_of_a_merged_record_holds_for_its_heir(app: Flask) -> None:
    one, other, third = (OrganizationFactory(name="Mor Zeytin") for _ in range(3))
    operations.keep_apart(one=one, other=other, actor=COMMAND)
    made = merge(third, other)
    assert found() == []
    unmerge(made)
    assert len(found()) == 2


def test_merged_records_are_no_suspects(app: Flask) -> None:
    kept, other = (OrganizationFactory(name="Mor Zeytin") for _ in range(2))
    assert len(found()) == 1
    made = merge(kept, other)
    assert found() == []
    unmerge(made)
    assert len(found()) == 1


def test_the_number_of_statements_is_the_same_at_every_size(app: Flask) -> None:
    used = []
    for _more in (3, 300):
        for number in range(_more):
            ContactFactory(organization=OrganizationFactory(name=f"Mor Zeytin {number}"))
        db.session.commit()
        with counted_statements() as statements:
            queries.suspects()
        used.append(len(statements))
    assert used[0] == used[1] <= 8
    with counted_statements() as statements:
        queries.suspects()
    assert len(statements) <= 2


NAMES = st.text(alphabet="abcçdeğıiöşü КаеоМр\u200b.-'", max_size=40)


@given(NAMES, NAMES)
def test_two_names_are_one_body_whichever_comes_first(one: str, other: str) -> None:
    assert same_body(folded(one), folded(other)) == same_body(folded(other), folded(one))
    assert same_body(folded(one), folded(one))


@given(NAMES)
def test_a_name_looks_like_itself_however_it_is_typed(name: str) -> None:
    assert folded(latin(name)) == folded(name)
    assert folded(name.replace("а", "a").replace("\u200b", "")) == folded(name)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("http://www.a.org.tr", "a.org.tr"),
        ("https://A.org.tr/hakkimizda", "a.org.tr"),
        ("https://a.org.tr:8443", "a.org.tr"),
        ("https://www.facebook.com/morzeytin/?x=1", "facebook.com/morzeytin"),
        ("https://instagram.com", ""),
        ("", ""),
    ],
)
def test_whose_site_it_is(address: str, key: str) -> None:
    assert site_key(address) == key


def test_a_postal_address_or_a_site_in_common_is_enough_to_ask(app: Flask) -> None:
    for name, more in (
        ("Akasya", {"address": "Gül Sokak No: 12, Konak"}),
        ("Begonya", {"address": "gül sokak no 12 konak"}),
        ("Çiğdem", {"website": "https://www.papatya.example/hakkimizda"}),
        ("Defne", {"website": "http://papatya.example"}),
        ("Erguvan", {"address": "Konak"}),
        ("Fulya", {"address": "Konak"}),
    ):
        OrganizationFactory(name=f"{name} Topluluğu", **more)
    pairs = {frozenset({one.split()[0], other.split()[0]}) for one, other, *_why in found()}
    assert pairs == {frozenset({"Akasya", "Begonya"}), frozenset({"Çiğdem", "Defne"})}

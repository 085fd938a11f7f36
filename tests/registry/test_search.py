"""One box finds an organisation by all that people know of it, in every spelling."""

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade
from hypothesis import example, given
from hypothesis import strategies as st

from coordinator import turkish
from coordinator.extensions import db
from coordinator.registry import search
from coordinator.registry.listing import Filters, organizations_page
from coordinator.registry.models import Organization, OrganizationName, organization_word
from coordinator.registry.search.typed import MOST_TERMS, terms
from coordinator.registry.search.words import LONGEST
from tests.factories import ContactFactory, OrganizationFactory, district


def names(text: str) -> list[str]:
    return [row.name for row in organizations_page(Filters.read({"ara": text})).items]


def test_all_pairs_of_spellings_meet(app: Flask) -> None:
    written = ["istanbul", "İSTANBUL", "ISTANBUL", "ıstanbul", "İstanbul", "Istanbul"]
    for name in written:
        OrganizationFactory(name=f"{name} Kadın Derneği")
    everyone = {f"{name} Kadın Derneği" for name in written}
    for typed in written[:4]:
        assert set(names(typed)) == everyone, typed


TYPED = [
    "0232 293 12 00", "+90 (232) 293-12-00", "2931200", "232 293", "02322931200", "293 12",
    "00 90 232 293 12 00", "0232.293.12.00", "905321112233", "0532 111 22 33", "532 111",
    "Tel: 0232 293 12 00 dahili 12", "0232 293 12 00 #12", "0232 293 12 00 / 12",
    "1234567890", "123 456 7890", "vergi no 1234567890",
    "35-123-456", "35/123/456", "35.123.456", "35 123 456", "35–123–456", "35123456",
    "kütük no: 35-123", "35 123", "123-456",
    "eski çınar", "ÇINAR", "gonca ulu", "gonca@cinar.example", "@cinar", "bilgi@yeni.example",
    "yeni@hs01.kep.tr", "karşıyaka", "yeni 35-123", "yeni 0232 293",
]  # fmt: skip


def test_numbers_names_and_addresses_are_found_in_every_form(app: Flask) -> None:
    yeni = OrganizationFactory(
        name="Yeni Kapı Derneği", registry_no="35-123-456", tax_no="1234567890",
        phone="+902322931200;ext=12", email="bilgi@yeni.example", kep="yeni@hs01.kep.tr",
        district=district("Karşıyaka"),
    )  # fmt: skip
    yeni.former_names = [OrganizationName(name="Eski Çınar Derneği")]
    ContactFactory(
        organization=yeni, full_name="Gonca Ulu", email="gonca@cinar.example", phone="+905321112233"
    )
    OrganizationFactory(name="Başka Vakıf", registry_no="35-999-888", phone="+903121112233")
    assert [typed for typed in TYPED if names(typed) != ["Yeni Kapı Derneği"]] == []


def test_no_error_is_forgiven_in_a_number(app: Flask) -> None:
    OrganizationFactory(
        registry_no="35-123-456", phone="+902322931200", tax_no="1234567890", name="A"
    )
    for typed in ("0232 293 12 01", "35-123-457", "1234567891", "932 293"):
        assert names(typed) == []


def test_the_name_that_holds_numbers_is_found_by_them(app: Flask) -> None:
    OrganizationFactory(name="7/24 Destek Hattı")
    OrganizationFactory(name="25 Kasım Platformu 8 Mart")
    assert names("7/24") == names("7 24") == names("destek 7/24") == ["7/24 Destek Hattı"]
    assert names("8 mart 25 kasım") == ["25 Kasım Platformu 8 Mart"]


def test_the_words_follow_names_phones_and_numbers(app: Flask) -> None:
    one = OrganizationFactory(name="Bir", phone="+902321112233")
    other = OrganizationFactory(name="İki")
    person = ContactFactory(organization=one, full_name="Gonca Ulu", phone="+905321112233")
    one.phone, one.tax_no = "+902324445566", "1234567890"
    one.former_names.append(OrganizationName(name="Evvelki"))
    db.session.commit()
    assert names("0232 111") == []
    assert names("0232 444") == names("1234567890") == names("evvelki") == ["Bir"]
    person.organization = other
    one.former_names.clear()
    db.session.commit()
    assert names("gonca") == names("0532 111 22 33") == ["İki"]
    assert names("evvelki") == []


def test_rows_of_the_database_alone_are_indexed_as_saved_ones_are(app: Flask) -> None:
    one = OrganizationFactory(phone="+902321112233", registry_no="35-123-456", email="a@b.example")
    one.former_names.append(OrganizationName(name="Evvelki"))
    ContactFactory(organization=one)
    db.session.commit()
    asked = sa.select(organization_word.c.word)
    kept = set(db.session.scalars(asked))
    db.session.execute(sa.delete(organization_word))
    assert search.reindex([one.id]) == 1
    assert set(db.session.scalars(asked)) == kept
    assert {"2321112233", "1112233", "35123456", "a@b.example", "@b.example", "evvelki"} <= kept


def test_an_upgrade_writes_the_words_of_those_who_are_there(app: Flask) -> None:
    one = OrganizationFactory(name="Mavi Kıyı", phone="+902321112233", tax_no="1234567890")
    one.former_names.append(OrganizationName(name="Evvelki"))
    ContactFactory(organization=one)
    db.session.commit()
    asked = sa.select(organization_word.c.word)
    kept = set(db.session.scalars(asked))
    db.session.execute(sa.delete(organization_word))
    db.session.commit()
    downgrade(revision="0015")
    assert set(db.session.scalars(asked)) == set()
    db.session.commit()
    upgrade()
    assert set(db.session.scalars(asked)) == kept


@given(st.text(max_size=500))
def test_whatever_is_typed_becomes_a_few_short_folded_terms(text: str) -> None:
    found = terms(text)
    assert len(found) <= MOST_TERMS
    for term in found:
        assert term.ways
        assert all(0 < len(one) <= LONGEST for one in term.beginnings)


@example("𝕊𝕀𝚤")
@given(st.text(max_size=80))
def test_a_key_of_a_key_is_itself(text: str) -> None:
    assert turkish.search_key(turkish.search_key(text)) == turkish.search_key(text)


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ ", max_size=40))
def test_case_and_marks_change_nothing_for_a_search_and_case_nothing_for_the_order(
    text: str,
) -> None:
    assert turkish.search_key(turkish.upper(text)) == turkish.search_key(text)
    assert turkish.search_key(turkish.lower(text)) == turkish.search_key(text)
    assert turkish.sort_key(turkish.upper(text)) == turkish.sort_key(turkish.lower(text))
    assert turkish.sort_key(text).isascii()


@given(
    st.lists(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz", min_size=1, max_size=6), max_size=8)
)
def test_the_order_of_keys_is_that_of_the_alphabet(words: list[str]) -> None:
    place = {letter: at for at, letter in enumerate("abcçdefgğhıijklmnoöprsştuüvyz")}
    by_alphabet = sorted(words, key=lambda word: [place[letter] for letter in word])
    assert sorted(words, key=turkish.sort_key) == by_alphabet


def test_merged_records_are_found_only_when_asked_for(app: Flask) -> None:
    kept = OrganizationFactory(name="Kalan")
    gone = OrganizationFactory(name="Giden", status="merged", merged_into_id=kept.id)
    assert names("giden") == []
    page = organizations_page(Filters.read({"ara": "giden", "durum": "merged"}))
    assert [row.id for row in page.items] == [gone.id]
    assert [row.name for row in organizations_page(Filters()).items] == ["Kalan"]
    assert organizations_page(Filters()).total == 1
    assert db.session.get(Organization, gone.id)

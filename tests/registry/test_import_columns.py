"""What headings of people's lists mean: one column, two for a name, several for a contact."""

import pytest
from flask import Flask
from flask_babel import force_locale

from coordinator.extensions import db
from coordinator.registry.importing.reading import columns
from coordinator.registry.importing.reading.columns import Column
from coordinator.registry.importing.reading.sheets import Sheet
from coordinator.registry.models import Contact, Organization
from tests.registry.lists import lines, read, save

pytestmark = pytest.mark.usefixtures("app")


def guessed(headings: str) -> list[str]:
    return list(read(lines("a;b;c;d;e;f;g;h", headings=headings)).mapping.values())


def people(name: str = "Ada Derneği") -> list[tuple[str, str, str, str]]:
    db.session.expire_all()
    found = db.session.scalars(
        db.select(Contact).join(Organization).filter_by(name=name).order_by(Contact.id)
    )
    return [(one.full_name, one.position, one.email, one.phone) for one in found]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_words_of_every_column_are_understood(app: Flask, language: str) -> None:
    with force_locale(language):
        for column in Column:
            assert columns.field_of(str(column.word)) is column


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Sıra No;Faaliyet Alanı;Detaylı Faaliyet Alanı;Kurum Adı;Kütük No;Kuruluş Tarihi;Web Site;"
         "Kurum Adresi",
         ["areas", "areas", "name", "registry_no", "founded_year", "website", "address"]),
        ("KURUM ADI;VERGİ NO;KEP ADRESİ;HEDEF KİTLE;BAĞLI OLDUĞU KURULUŞ;ÇATI KURULUŞ",
         ["name", "tax_no", "kep", "targets", "parent", "umbrellas"]),
        ("Dernek Adı;Kamu yararına çalışan;Vergi muafiyeti;Protokol sırası;Eski adı",
         ["name", "public_benefit", "tax_exempt", "protocol_order", "former_names"]),
        ("STK;Temsilci;Temsil biçimi;Vekil;Görev başlangıcı;Görev bitişi",
         ["name", "person", "relation", "deputy", "active_from", "active_until"]),
        ("AD;SOYAD;KURUM", ["first_name", "last_name", "name"]),
        ("AD;İLÇE;MAİL", ["name", "district", "email"]),
        ("AD;SOYAD;E-POSTA", ["first_name", "last_name", "email"]),
        ("Dernek Adı;Adı;Soyadı;Cep", ["name", "first_name", "last_name", "contact_phone"]),
        ("Dernek;Yetkili Adı;Yetkili Soyadı", ["name", "person", "last_name"]),
        ("Kurum;BAŞKAN;BAŞKAN TELEFON;SEKRETER;SEKRETER E-POSTA",
         ["name", "person", "contact_phone", "person", "contact_email"]),
        ("Kurum;1. Yetkili;1. Yetkili Tel;2. Yetkili;2. Yetkili Tel",
         ["name", "person", "contact_phone", "person", "contact_phone"]),
    ],
)  # fmt: skip
def test_headings(headings: str, expected: list[str]) -> None:
    assert guessed(headings) == expected


@pytest.mark.parametrize("above", [0, 1, 7, 18])
def test_the_heading_row_stands_anywhere_in_the_first_twenty(above: int) -> None:
    titles = ["İZMİR KADIN PLATFORMU LİSTESİ;;", *["Yıl 2026;;"] * above]
    content = lines(*titles[1:], "STK;İlçe;Mail", "Ada;Konak;a@b.example", headings=titles[0])
    assert read(content).heading_row == len(titles) + 1


def test_name_and_surname_in_two_columns() -> None:
    save(lines("Ada Derneği;AYŞE NUR;IŞIK;a@b.example", headings="Dernek;ADI;SOYADI;Mail"))
    assert people() == [("Ayşe Nur Işık", "", "a@b.example", "")]


def test_a_surname_that_stands_in_both_columns_is_written_once() -> None:
    save(lines("Ada Derneği;Ayşe Işık;Işık", headings="Dernek;Yetkili Adı;Yetkili Soyadı"))
    assert people() == [("Ayşe Işık", "", "", "")]


def test_several_contacts_in_the_columns_of_one_row() -> None:
    headings = "Kurum;BAŞKAN;BAŞKAN TELEFON;BAŞKAN E-POSTA;GENEL SEKRETER;GENEL SEKRETER TELEFON"
    row = "Ada Derneği;AYŞE ÖZ;0532 111 22 33;ayse@b.example;Su Deniz;0532 444 55 66"
    save(lines(row, headings=headings))
    assert people() == [
        ("Ayşe Öz", "Başkan", "ayse@b.example", "+905321112233"),
        ("Su Deniz", "Genel Sekreter", "", "+905324445566"),
    ]
    assert save(lines(row, headings=headings)).counts["same"] == 1


def test_numbered_contacts() -> None:
    headings = (
        "Kurum;1. Yetkili;1. Yetkili Unvanı;1. Yetkili Tel;2. Yetkili;2. Yetkili Mail;Telefon"
    )
    save(
        lines("Ada Derneği;Su;Sayman;05321112233;Ece;ece@b.example;02324217590", headings=headings)
    )
    assert people() == [
        ("Su", "Sayman", "", "+905321112233"), ("Ece", "", "ece@b.example", ""),
    ]  # fmt: skip


def test_what_stands_in_the_heading_gives_way_to_what_is_known() -> None:
    save(lines("Ada Derneği;Su;Kurucu Başkan", headings="Kurum;Yetkili;Görevi"))
    save(lines("Ada Derneği;Su", headings="Kurum;BAŞKAN"))
    assert people() == [("Su", "Kurucu Başkan", "", "")]


def test_the_phone_of_somebody_unnamed_is_the_organisations() -> None:
    headings = "Kurum;BAŞKAN;SEKRETER TELEFON;Yetkili telefonu"
    save(lines("Ada Derneği;Su;0232 421 75 90;0532 111 22 33", headings=headings))
    ada = db.session.scalars(db.select(Organization)).one()
    assert (ada.phone, people()) == ("+902324217590", [("Su", "Başkan", "", "+905321112233")])


def test_an_endless_or_empty_heading_means_nothing() -> None:
    assert columns.field_of("x" * 500) is None
    assert columns.find_layout(Sheet("", [[1, ["", None, {"tckn": True}]]])).mapping == {}

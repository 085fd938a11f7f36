"""What rows of people's lists say: each form that real lists have."""

import pytest
from flask import Flask

from coordinator.extensions import db
from coordinator.registry.importing.planning.plan import Outcome
from coordinator.registry.models import OrgType
from coordinator.wording import TCKN_REFUSED
from tests.factories import district
from tests.registry.lists import (
    SAMPLE,
    lines,
    messages,
    planned,
    read,
    row,
    save,
    stored,
    workbook,
)

pytestmark = pytest.mark.usefixtures("app")


class TestHeadings:
    def test_the_real_list(self) -> None:
        batch = read(SAMPLE.read_bytes(), "stk_listesi.xlsx")
        assert batch.sheet == "STK Listesi 2025"
        assert batch.heading_row == 3
        assert batch.mapping == {
            "1": "name", "2": "kind", "3": "registry_no", "4": "district", "5": "person",
            "6": "position", "7": "phone", "8": "email", "9": "website", "10": "areas",
            "11": "notes",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("headings", "columns"),
        [
            (
                "S.NO;STK ADI;BAŞKAN / TEMSİLCİ;TELEFON;E-POSTA;ADRES;İLÇE;ÇALIŞMA ALANI;"
                "KATILIM;AÇIKLAMA",
                ["name", "person", "phone", "email", "address", "district", "areas", "notes"],
            ),
            (
                "VAKIF ADI;ADRES;İL;İLÇE;TELEFON-1;TELEFON-2;E-TEBLİGAT ADRESİ;E-POSTA",
                ["name", "address", "district", "phone", "phone", "kep", "email"],
            ),
            (
                "Sıra No;Faaliyet Alanı;Detaylı Faaliyet Alanı;Kurum Adı;Kütük No;Web Site;"
                "Kurum Adresi",
                ["areas", "areas", "name", "registry_no", "website", "address"],
            ),
            ("Kuruluş;Yetkili;GSM;Mail", ["name", "person", "contact_phone", "email"]),
            ("Ad;Soyadı;Kurum;Tel", ["first_name", "last_name", "name", "phone"]),
            ("Organisation;Contact;E-mail;Phone", ["name", "person", "email", "phone"]),
        ],
    )
    def test_headings_of_other_lists(self, headings: str, columns: list[str]) -> None:
        assert list(read(lines("a;b;c;d;e", headings=headings)).mapping.values()) == columns

    def test_the_heading_row_is_found_below_titles(self) -> None:
        content = lines(
            ";;", "Yıl: 2026;;", "STK;Mail;İlçe", "Ada Derneği;;Konak", headings="LİSTE;;"
        )
        assert read(content).heading_row == 4

    def test_a_line_that_repeats_the_headings_is_skipped(self) -> None:
        plan = planned("Ada Derneği;Su", "STK Adı;İlgili Kişi;E-posta;Telefon;İlçe;Türü;Kütük No;"
                       "Çalışma Alanı;Notlar;Web;Adres", "Ova Derneği;Su")  # fmt: skip
        outcomes = [one.outcome for one in plan.rows]
        assert outcomes == [Outcome.NEW, Outcome.SKIPPED, Outcome.NEW]

    def test_totals_are_skipped_and_names_are_not(self) -> None:
        plan = planned("Ada Derneği;Su", "TOPLAM;;;1", "Toplam Kalite Derneği;Su")
        outcomes = [one.outcome for one in plan.rows]
        assert outcomes == [Outcome.NEW, Outcome.SKIPPED, Outcome.NEW]


class TestAddresses:
    def test_one_address_is_the_named_persons(self) -> None:
        save(lines("Ada Derneği;Su;A@B.example"))
        ada = stored("Ada Derneği")
        assert (ada.email, [one.email for one in ada.contacts]) == ("", ["a@b.example"])

    def test_without_a_person_it_is_the_organisations(self) -> None:
        save(lines("Ada Derneği;;a@b.example / c@d.example"))
        ada = stored("Ada Derneği")
        assert (ada.email, ada.contacts) == ("a@b.example", [])
        assert ada.notes == "E-posta (dosyadan): c@d.example"

    @pytest.mark.parametrize(
        "cell",
        [
            "a@b.example, c@d.example", "a@b.example / c@d.example", "a@b.example c@d.example",
            "a@b.example ve c@d.example", "<a@b.example>|(c@d.example)",
            "mailto:a@b.example;c@d.example.",
        ],
    )  # fmt: skip
    def test_two_addresses_in_a_cell(self, cell: str) -> None:
        found = row(f'Ada Derneği;Su;"{cell}"')
        assert messages(found) == [("E-posta", "Bir hücrede iki adres var.")]
        assert found.reading.emails == ["a@b.example", "c@d.example"]
        assert found.answers == {"addresses": "both"}

    def test_a_name_beside_the_address_is_kept(self) -> None:
        save(lines('Ada Derneği;;"Ayşe Hanım: a@b.example"'))
        ada = stored("Ada Derneği")
        assert (ada.email, ada.notes) == ("a@b.example", "E-posta (dosyadan): Ayşe Hanım")

    def test_what_is_no_address_is_marked(self) -> None:
        found = row("Ada Derneği;Su;ada(at)posta.example")
        assert messages(found) == [("E-posta", "“ada(at)posta.example” bir e-posta adresi değil.")]
        save(lines("Ada Derneği;Su;ada(at)posta.example"))
        assert stored("Ada Derneği").unreadable_email == "ada(at)posta.example"

    @pytest.mark.parametrize("cell", ["", "-", "yok", "YOK", "—"])
    def test_no_address(self, cell: str) -> None:
        found = row(f"Ada Derneği;Su;{cell}")
        assert messages(found) == [("E-posta", "E-posta adresi yok. Mektuplar ulaşmaz.")]
        assert found.outcome is Outcome.NEW

    def test_an_address_that_was_put_right_is_not_spoilt_by_the_old_list(self) -> None:
        old = lines("Ada Derneği;Su;ada(at)posta.example")
        save(old)
        ada = stored("Ada Derneği")
        ada.unreadable_email, ada.contacts[0].email = "", "ada@posta.example"
        db.session.commit()
        assert save(old).counts["same"] == 1


class TestPhones:
    @pytest.mark.parametrize(
        ("cell", "kept"),
        [
            ("(232) 478-2623", "+902324782623"),
            ("0 532 452 21 13", "+905324522113"),
            ("5323887781", "+905323887781"),
            ("02324217590 dahili 12", "+902324217590;ext=12"),
        ],
    )
    def test_phones_as_people_write_them(self, cell: str, kept: str) -> None:
        save(lines(f"Ada Derneği;Su;;{cell}"))
        assert stored("Ada Derneği").contacts[0].phone == kept

    def test_of_two_the_first_is_the_organisations(self) -> None:
        save(lines("Ada Derneği;Su;;0232 111 22 33 / 0532 111 22 33"))
        ada = stored("Ada Derneği")
        assert (ada.phone, ada.contacts[0].phone) == ("+902321112233", "+905321112233")

    def test_one_kept_as_a_number(self) -> None:
        batch = workbook(["STK Adı", "Telefon"], ["Ada Derneği", 2327654321])
        plan = save(batch, "liste.xlsx")
        told = ("Telefon", "Yazı beklenen yerde sayı var. 0232 765 43 21 diye okundu.")
        assert told in messages(plan)
        assert stored("Ada Derneği").phone == "+902327654321"

    def test_what_is_no_phone_is_kept_in_the_notes(self) -> None:
        save(lines("Ada Derneği;Su;;santralden sorun"))
        assert stored("Ada Derneği").notes == "Telefon (dosyadan): santralden sorun"


class TestWords:
    @pytest.mark.parametrize(
        ("word", "name", "kind"),
        [
            ("Dernek", "Ada", OrgType.ASSOCIATION),
            ("VAKIF", "Ada", OrgType.FOUNDATION),
            ("Girişim", "Ada", OrgType.PLATFORM),
            ("Topluluk", "Ada", OrgType.PLATFORM),
            ("Birlik", "Ada Kooperatifleri Birliği", OrgType.COOPERATIVE),
            ("Birlik", "Ada Birliği", OrgType.FEDERATION),
            ("", "Ada Kadın Kooperatifi", OrgType.COOPERATIVE),
            ("", "Foça Kent Konseyi Kadın Meclisi", OrgType.CITY_COUNCIL),
            ("", "Ada", OrgType.OTHER),
            ("Cemiyet", "Ada Vakfı", OrgType.FOUNDATION),
        ],
    )
    def test_kinds(self, word: str, name: str, kind: OrgType) -> None:
        found = row(f"{name};;;;;{word}")
        assert found.known is not None
        assert found.known.values["org_type"] is kind

    def test_an_unknown_kind_is_kept(self) -> None:
        save(lines("Ada Vakfı;;;;;Cemiyet"))
        assert stored("Ada Vakfı").notes == "Türü (dosyadan): Cemiyet"

    @pytest.mark.parametrize(
        ("cell", "name"),
        [
            ("DİKİLİ", "Dikili"), ("konak", "Konak"), ("Buca/İzmir", "Buca"),
            ("İzmir - Çiğli", "Çiğli"), ("Cigli", "Çiğli"), ("Efes Selçuk", "Selçuk"),
            ("Urla İlçesi", "Urla"),
        ],
    )  # fmt: skip
    def test_districts(self, cell: str, name: str) -> None:
        found = row(f"Ada Derneği;;;;{cell}")
        assert found.reading.values["district_id"] == district(name).id

    def test_a_district_of_another_city(self) -> None:
        plan = save(lines("Ada Derneği;;a@b.example;;Çankaya"))
        assert messages(plan) == [("İlçe", "Bu, ilçelerimizden biri değil. Notlarda saklanır.")]
        assert stored("Ada Derneği").notes == "İlçe (dosyadan): Çankaya"

    def test_fields_of_work_and_words_that_are_none(self) -> None:
        save(lines('Ada Derneği;;;;;;;"kadın sağlığı; HUKUK / turizm, spor";notum'))
        ada = stored("Ada Derneği")
        assert ada.work_area_codes == ["legal", "health", "sport"]
        assert ada.notes == "notum\nÇalışma alanları (dosyadan): turizm"

    @pytest.mark.parametrize("cell", ["35-193-103", "35/193/103", "35 193 103", "35193103"])
    def test_register_numbers(self, cell: str) -> None:
        assert row(f"Ada Derneği;;;;;;{cell}").reading.values["registry_no"] == "35-193-103"


class TestNames:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("  Kemalpaşa   Kadın Hukukçular Grubu ", "Kemalpaşa Kadın Hukukçular Grubu"),
            ("ADALETE ERİŞİM VE IŞIK AĞI", "Adalete Erişim ve Işık Ağı"),
            ("KADEM", "KADEM"),
            ("ÇYDD İzmir", "ÇYDD İzmir"),
            ("A\u200bda\u202e Derneği", "Ada Derneği"),
        ],
    )
    def test_names_are_put_right(self, written: str, kept: str) -> None:
        assert row(f"{written};Su").reading.name == kept

    @pytest.mark.parametrize("name", ["", "x" * 201])
    def test_a_row_without_a_usable_name_waits(self, name: str) -> None:
        found = row(f"{name};Su;a@b.example")
        assert found.outcome is Outcome.REFUSED
        assert found.wants_name

    def test_a_number_is_no_name(self) -> None:
        content = workbook(["STK Adı", "E-posta"], [12345, "a@b.example"])
        plan = save(content, "liste.xlsx", r2={"name": "Ada Derneği"})
        assert plan.rows[0].outcome is Outcome.NEW
        assert stored("Ada Derneği").email == "a@b.example"


class TestIdentityNumbers:
    @pytest.mark.parametrize("column", range(11))
    def test_one_is_refused_in_every_cell(self, column: int) -> None:
        cells = ["Ada Derneği", *[""] * 10]
        cells[column] = "10000000146"
        batch = read(lines(";".join(cells)))
        assert "10000000146" not in str(batch.rows)

    def test_the_rest_of_the_row_is_taken(self) -> None:
        plan = save(lines("Ada Derneği;Su;a@b.example;;;;;;TC no 10000000146"))
        assert messages(plan) == [("Notlar", str(TCKN_REFUSED))]
        assert stored("Ada Derneği").notes == ""

    def test_one_kept_as_a_number(self) -> None:
        batch = read(workbook(["STK Adı", "Telefon"], ["Ada", 10000000146]), "liste.xlsx")
        assert "10000000146" not in str(batch.rows)


class TestTooLong:
    def test_an_address_goes_into_the_notes(self) -> None:
        long = "Uzun sokak " * 60
        plan = save(lines(f"Ada Derneği;;a@b.example;;;;;;;;{long}"))
        assert "Notlarda saklanır." in messages(plan)[0][1]
        assert stored("Ada Derneği").notes.startswith("Adres (dosyadan): Uzun sokak")

    def test_endless_notes_are_left_out_and_told(self) -> None:
        plan = save(lines(f"Ada Derneği;;a@b.example;;;;;;{'n' * 5000}"))
        assert messages(plan) == [("Notlar", "Yazı 5000 karakter, en çok 4000 sığar. Alınmaz.")]
        assert stored("Ada Derneği").notes == ""


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254", "iso8859-9"])
def test_text_in_any_letters_and_separators(encoding: str, separator: str) -> None:
    rows = [
        ["STK Adı", "İlçe", "Çalışma Alanı", "E-posta"],
        ["Işıl Şükran Gönül Çağrı Derneği", "Çiğli", "eğitim", "a@b.example"],
        ["İğne Oyası Üreten Kadınlar", "Ödemiş", "sağlık", "c@d.example"],
    ]
    text = "\r\n".join(separator.join(cells) for cells in rows)
    plan = save(text.encode(encoding))
    assert [one.reading.name for one in plan.rows] == [rows[1][0], rows[2][0]]
    assert stored(rows[2][0]).district == district("Ödemiş")


def test_commas_in_a_cell_do_not_beat_the_headings(app: Flask) -> None:
    found = row("Ada Derneği;;;;;;;a, b, c, d, e, f, g, h, ı, i, j, k, l, m, n, o, ö")
    assert found.reading.name == "Ada Derneği"

"""The import through its pages, with the list that a branch really had."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coordinator.access import Role
from coordinator.audit.models import AuditLine
from coordinator.extensions import db
from coordinator.registry.models import Contact, ImportState, Organization, OrgType
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, UserFactory, district
from tests.registry.lists import SAMPLE, lines, workbook
from tests.registry.uploads import UPLOAD, batch, count, organization, preview, upload


@pytest.fixture
def english(staff: Browser) -> Browser:
    staff.client.set_cookie("dil", "en")
    return staff


class TestTheSample:
    def test_every_row_as_the_branch_meant_it(self, staff: Browser) -> None:
        columns = upload(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx")
        assert columns.h1 == "Hangi sütunda ne var"
        page = columns.submit("Ne olacağını göster")
        assert page.h1 == "Satır satır ne olacak"
        assert "33 satır okundu. Siz onaylamadan hiçbir şey kaydedilmez." in page.text
        assert (
            "stk_listesi.xlsx, “STK Listesi 2025” sayfası. Başlıklar 3. satırda bulundu. "
            "3 boş satır atlandı."
        ) in page.text
        assert "29 yeni kuruluş" in page.text
        assert "1 karar bekliyor" in page.text
        assert "“torbali(at)posta.example” bir e-posta adresi değil." in page.text
        assert count(Organization) == 0

        done = page.submit("32 satırı kaydet")

        assert done.h1 == "Liste kaydedildi"
        assert "30 kuruluş eklendi. 1 satır kayıtlı kuruluşla birleşti." in done.text
        assert "Torbalı Mevsimlik İşçi Çocukları Derneği" in done.text
        assert (count(Organization), count(Contact)) == (30, 31)
        self.check_what_is_stored()

    def check_what_is_stored(self) -> None:
        both = organization("Ege Kadın Dayanışma Derneği")
        assert [(one.full_name, one.email, one.is_primary) for one in both.contacts] == [
            ("Ayşe Yılmaz", "bilgi@egekadindayanismad.example", True),
            ("Emine Koç", "baskan@egekadindayanisma.example", False),
        ]
        assert both.registry_no == "35-193-103"
        assert both.work_area_codes == ["violence", "legal"]
        two = organization("Ihlamur Engelli Kadınlar Derneği")
        assert two.email == "bilgi@ihlamurengellikad.example"
        assert [one.email for one in two.contacts] == ["ihlamur.iletisim@posta.example"]
        marked = organization("Torbalı Mevsimlik İşçi Çocukları Derneği")
        assert marked.unreadable_email == "torbali(at)posta.example"
        assert (marked.email, marked.contacts[0].email) == ("", "")
        formula = organization("Çeşme Yaşlı Kadınlar Derneği")
        assert formula.notes == '=HYPERLINK("http://kotu.example","tıkla")'
        number = organization("Yarımada Kadın Kooperatifleri Birliği")
        assert number.contacts[0].phone == "+902327654321"
        assert number.org_type is OrgType.COOPERATIVE
        extension = organization("Ağaçlıyol Kadın Sağlığı Derneği")
        assert extension.contacts[0].phone == "+902324217590;ext=12"
        assert organization("Kemalpaşa Kadın Hukukçular Grubu").org_type is OrgType.PLATFORM
        assert organization("Dikili Kıyı Kadınları Derneği").district == district("Dikili")
        assert organization("Şirinyer Kadın ve Çocuk Derneği").district == district("Buca")
        kept = organization("Seferihisar Barış ve Kadın Derneği").notes
        assert kept == "Çalışma alanları (dosyadan): barış, eşitlik"
        lower = organization("Ödemiş Kırsal Kadın Üreticiler Kooperatifi")
        assert lower.contacts[0].email == "bilgi@odemiskirsalkadin.example"

    def test_the_same_file_again_changes_nothing(self, staff: Browser) -> None:
        preview(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx").submit("satırı kaydet")
        versions = dict(db.session.execute(sa.select(Organization.id, Organization.version)).all())

        page = preview(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx")

        assert "32 kayıtlı, değişmeyecek" in page.text
        done = page.submit("Değişiklik yok, bitir")
        assert "Listede yeni bir şey yok. Hiçbir şey değişmedi." in done.text
        assert (count(Organization), count(Contact)) == (30, 31)
        again = dict(db.session.execute(sa.select(Organization.id, Organization.version)).all())
        assert again == versions

    def test_in_english(self, english: Browser) -> None:
        page = preview(english, SAMPLE.read_bytes(), "stk_listesi.xlsx")
        assert page.h1 == "What will happen, row by row"
        assert "33 rows were read. Nothing is saved before you say so." in page.text
        done = page.submit("Save 32 rows")
        assert "30 organisations were added." in done.text
        assert organization("Seferihisar Barış ve Kadın Derneği").notes.startswith("Çalışma")

    def test_each_deed_is_written_down(self, staff: Browser) -> None:
        preview(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx").submit("satırı kaydet")
        actions = db.session.execute(
            sa.select(AuditLine.action, sa.func.count())
            .where(AuditLine.actor_id == staff.user.id)
            .group_by(AuditLine.action)
        )
        assert dict(actions.all()) == {
            "import.started": 1,
            "import.applied": 1,
            "organization.added": 30,
            "contact.added": 31,
        }

    def test_the_cells_are_forgotten_afterwards(self, staff: Browser) -> None:
        preview(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx").submit("satırı kaydet")
        assert (batch().state, batch().rows) == (ImportState.APPLIED, [])


class TestColumns:
    def test_a_column_is_chosen_by_hand(self, staff: Browser) -> None:
        page = upload(staff, lines("Ada Derneği;x@y.example", headings="Unvan;Haberleşme"))
        page = page.submit("Ne olacağını göster", 422)
        assert "Kuruluş adının hangi sütunda olduğunu seçin." in page.text
        page = page.submit("Ne olacağını göster", column_0="name", column_1="email")
        assert "Ada Derneği" in page.text

    def test_one_thing_stands_in_one_column(self, staff: Browser) -> None:
        page = upload(staff, lines("Ada Derneği;Ada", headings="STK Adı;Kısa"))
        page = page.submit("Ne olacağını göster", 422, column_1="name")
        assert "Bunu başka bir sütun da tutuyor." in page.text
        assert page.soup.select_one("#column_1 option[selected]")["value"] == "name"

    def test_another_sheet_is_chosen(self, staff: Browser) -> None:
        content = workbook(
            ["STK Adı", "E-posta", "İlçe"],
            ["Birinci Derneği", "", "Konak"],
            İkinci=[["Kuruluş", "Mail"], ["İkinci Derneği", "a@b.example"]],
        )
        page = upload(staff, content, "liste.xlsx")
        page = page.submit("Ne olacağını göster", sheet="İkinci")
        assert "İkinci Derneği" in page.text
        assert "İkinci Derneği" in page.submit("Ne olacağını göster").text

    def test_another_row_holds_the_headings(self, staff: Browser) -> None:
        rows = lines("AD;Posta", "Ada Derneği;a@b.example", headings="STK;İlçe")
        page = upload(staff, rows).submit("Ne olacağını göster", heading_row="2")
        assert page.h1 == "Hangi sütunda ne var"
        assert "1 satır okundu." in page.submit("Ne olacağını göster").text

    def test_the_steps_can_be_gone_back_to(self, staff: Browser) -> None:
        page = preview(staff, SAMPLE.read_bytes(), "stk_listesi.xlsx")
        columns = staff.get(page.link("2. Sütunlar"))
        assert columns.soup.select_one("#column_1 option[selected]")["value"] == "name"
        assert staff.get(columns.link("1. Dosya")).h1 == "İçe aktar"


class TestDecisions:
    @pytest.fixture
    def kept(self, app: Flask) -> Organization:
        organization = OrganizationFactory(
            name="Işıltı Bilimde Kadın Derneği", district=district("Bornova")
        )
        ContactFactory(
            organization=organization, full_name="Su Deniz", email="bilgi@isilti.example"
        )
        return organization

    NEAR = "Işılti Bilimde Kadınlar Derneği;Su Deniz;bilgi@isilti.example;;Bornova"

    def test_the_safe_choice_is_made_already(self, staff: Browser, kept: Organization) -> None:
        page = preview(staff, lines(self.NEAR))
        assert "Benzer kayıt var" in page.text
        assert "“Işıltı Bilimde Kadın Derneği”, Bornova: ad çok yakın, e-posta aynı" in page.text
        assert page.soup.select_one("input[name=same_2][checked]")["value"] == "merge"
        page.submit("1 satırı kaydet")
        assert count(Organization) == 1
        again = preview(staff, lines(self.NEAR))
        assert "1 kayıtlı, değişmeyecek" in again.text

    def test_it_may_be_added_separately_or_left_out(
        self, staff: Browser, kept: Organization
    ) -> None:
        left_out = preview(staff, lines(self.NEAR))
        left_out.submit("kaydet", same_2="skip")
        assert count(Organization) == 1
        preview(staff, lines(self.NEAR)).submit("kaydet", same_2="separate")
        assert count(Organization) == 2

    def test_one_of_two_addresses(self, staff: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su;a@b.example, c@d.example"))
        page.submit("1 satırı kaydet", addresses_2="first")
        ada = organization("Ada Derneği")
        assert (ada.email, ada.contacts[0].email) == ("", "a@b.example")

    def test_a_missing_name_is_typed(self, staff: Browser) -> None:
        page = preview(staff, lines(";Su;a@b.example;;Torbalı"))
        assert "Alınamıyor" in page.text
        assert "Kuruluş adı yok." in page.text
        wrong = page.submit("bitir", 422, name_2="TC 10000000146")
        assert wrong.soup.select_one("#name_2")["value"] == "TC 10000000146"
        wrong.submit("bitir", name_2="Torbalı Kadın Derneği")
        assert organization("Torbalı Kadın Derneği").district == district("Torbalı")

    def test_an_address_is_put_right(self, staff: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su;ada(at)posta.example"))
        wrong = page.submit("1 satırı kaydet", 422, email_2="hâlâ yanlış")
        assert "ad@kurulus.org.tr" in wrong.text
        wrong.submit("1 satırı kaydet", email_2="ada@posta.example")
        ada = organization("Ada Derneği")
        assert (ada.unreadable_email, ada.contacts[0].email) == ("", "ada@posta.example")

    def test_a_choice_that_is_none(self, staff: Browser, kept: Organization) -> None:
        page = preview(staff, lines(self.NEAR)).submit("kaydet", 422, same_2="sil")
        assert "Listeden birini seçin." in page.text

    def test_decisions_are_kept_over_many_pages(self, staff: Browser) -> None:
        rows = [f"Kurum {n} Derneği;Su;kurum{n}(at)posta.example" for n in range(60)]
        page = preview(staff, lines(*rows))
        second = page.submit("Kararları sakla, devam et", email_2="ilk@posta.example")
        assert "2 / 2 sayfa" in second.text
        second.submit("60 satırı kaydet", email_61="son@posta.example")
        assert organization("Kurum 0 Derneği").contacts[0].email == "ilk@posta.example"
        assert organization("Kurum 59 Derneği").contacts[0].email == "son@posta.example"
        assert organization("Kurum 1 Derneği").unreadable_email == "kurum1(at)posta.example"


class TestDoors:
    def test_only_who_writes_may_import(self, viewer: Browser, browser: Browser) -> None:
        viewer.get(UPLOAD, 403)
        assert "/giris" in browser.get(UPLOAD).path

    def test_another_persons_list_looks_absent(self, staff: Browser, admin: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su"))
        other = Browser(staff.app).sign_in(UserFactory(role=Role.STAFF))
        for path in (page.path, f"{page.path}/sutunlar", f"{page.path}/satirlar"):
            other.get(path, 404)
        other.get("/kuruluslar/ice-aktar/abcdefghjkmn", 404)
        other.get("/kuruluslar/ice-aktar/%00", 404)
        assert admin.get(page.path).h1 == "Satır satır ne olacak"


def test_the_preview_asks_as_much_for_three_rows_as_for_three_hundred(staff: Browser) -> None:
    asked = []
    for size in (3, 300):
        rows = [f"Kurum {size} {n} Derneği;Kişi {n};kisi{n}@k{size}.example" for n in range(size)]
        page = preview(staff, lines(*rows))
        with counted_statements() as statements:
            staff.get(page.path)
        asked.append(len(statements))
    assert asked[0] == asked[1]

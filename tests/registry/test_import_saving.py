"""Saving an import: what was shown is stored, once, and never over what somebody did meanwhile."""

from coordinator.access import Role
from coordinator.extensions import db
from coordinator.registry.models import Contact, ImportState, Organization
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, UserFactory
from tests.registry.lists import lines
from tests.registry.uploads import batch, count, preview


class TestSaving:
    def test_what_changes_is_shown_before_and_after(self, staff: Browser) -> None:
        kept = OrganizationFactory(name="Turna Derneği", website="http://eski.example")
        ContactFactory(organization=kept, full_name="Su Deniz", phone="+902320000010")
        page = preview(
            staff, lines("TURNA DERNEĞİ;Su Deniz;;0232 000 00 12;Konak;;;;;www.yeni.example")
        )
        assert "http://eski.example → http://www.yeni.example" in page.text
        assert "0232 000 00 10 → 0232 000 00 12" in page.text
        page.submit("1 satırı kaydet")
        db.session.expire_all()
        assert (kept.name, kept.contacts[0].phone) == ("Turna Derneği", "+902320000012")

    def test_pressing_twice_saves_once(self, staff: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su"))
        page.submit("1 satırı kaydet")
        again = page.submit("1 satırı kaydet")
        assert again.h1 == "Liste kaydedildi"
        assert count(Organization) == 1

    def test_somebody_changed_an_organisation_meanwhile(self, staff: Browser) -> None:
        kept = OrganizationFactory(name="Turna Derneği")
        page = preview(staff, lines("Turna Derneği;Su Deniz;su@turna.example;;Konak"))
        kept.phone = "+902320000099"
        again = page.submit("1 satırı kaydet", 409)
        assert "Bu sırada listedeki kuruluşları başka biri değiştirdi." in again.text
        assert count(Contact) == 0
        again.submit("1 satırı kaydet")
        assert count(Contact) == 1

    def test_somebody_added_the_organisation_meanwhile(self, staff: Browser) -> None:
        page = preview(staff, lines("Turna Derneği;Su Deniz;;;Konak"))
        OrganizationFactory(name="Turna Derneği")
        again = page.submit("1 satırı kaydet", 409)
        assert "1 kayıtlı, birleşecek" in again.text

    def test_decisions_survive_the_second_look(self, staff: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su;ada(at)posta.example"))
        OrganizationFactory(name="Ada Derneği")
        again = page.submit("1 satırı kaydet", 409, email_2="ada@posta.example")
        assert again.soup.select_one("#email_2")["value"] == "ada@posta.example"

    def test_a_dropped_list_is_gone(self, staff: Browser) -> None:
        page = preview(staff, lines("Ada Derneği;Su"))
        assert "Hiçbir şey kaydedilmedi." in page.submit("Listeden vazgeç").text
        assert (batch().state, batch().rows) == (ImportState.DROPPED, [])
        assert page.submit("1 satırı kaydet").h1 == "İçe aktar"
        assert count(Organization) == 0

    def test_a_representatives_account_acts_for_the_new_organisation(self, staff: Browser) -> None:
        user = UserFactory(role=Role.REPRESENTATIVE, email="su@ada.example")
        preview(staff, lines("Ada Derneği;Su;su@ada.example")).submit("kaydet")
        browser = Browser(staff.app).sign_in(user)
        assert "Ada Derneği" in browser.get("/kurulusumuz").text

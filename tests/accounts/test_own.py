"""One's own account: name, language, password, sessions."""

import sqlalchemy as sa
from flask import Flask

from coordinator.access import Role
from coordinator.accounts.models import User, UserSession
from coordinator.extensions import db
from tests.accounts.parts import PASSWORD, letters_to, with_password
from tests.browser import Browser
from tests.factories import UserFactory

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def test_everybody_changes_their_name_and_language(app: Flask) -> None:
    for role in Role:
        user = UserFactory(role=role)
        page = Browser(app).sign_in(user).get("/hesabim")
        done = page.submit("Kaydet", full_name="  Işıl   ÖZ ", language="en")
        assert "Hesabınız kaydedildi." in done.text
        assert (user.full_name, user.language) == ("Işıl ÖZ", "en")


def test_the_account_says_which_language(app: Flask) -> None:
    browser = Browser(app, language="").sign_in(UserFactory(language="en"))
    assert browser.get("/hesabim").h1 == "My account"


def test_a_stale_form_shows_both_names(app: Flask) -> None:
    user = with_password(full_name="Eski Ad")
    browser = Browser(app).sign_in(user)
    page = browser.get("/hesabim")
    user.full_name = "Başka Ad"
    again = page.submit("Kaydet", 409, full_name="Yeni Ad")
    assert "Şu anda kayıtlı: Başka Ad" in again.text
    assert again.soup.find(id="full_name")["value"] == "Yeni Ad"
    again.submit("Kaydet")
    assert db.session.get_one(User, user.id).full_name == "Yeni Ad"


def test_names_are_needed_short_and_without_a_tckn(app: Flask, staff: Browser) -> None:
    page = staff.get("/hesabim")
    assert "Adınızı yazın." in page.submit("Kaydet", 422, full_name=" ").errors()["full_name"]
    assert "kısaltın" in page.submit("Kaydet", 422, full_name="a" * 10_000).text
    assert "kimlik numarası" in page.submit("Kaydet", 422, full_name="A 10000000146").text
    assert "Listeden birini seçin." in page.submit("Kaydet", 422, language="xx").text


def test_changing_the_password_ends_the_other_sessions(app: Flask) -> None:
    user = with_password()
    here, there = Browser(app).sign_in(user), Browser(app).sign_in(user)
    page = here.get("/hesabim").submit(
        "Parolayı değiştir", old=PASSWORD, new="yeni kapı eski anahtar"
    )
    assert "Parolanız değişti. Diğer oturumlarınız bitti." in page.text
    assert there.send("GET", "/hesabim").status_code == 302
    assert [letter.kind for letter in letters_to(user.email)] == ["account_password_changed"]


def test_the_old_password_is_asked_for_and_the_new_one_is_weighed(app: Flask) -> None:
    user = with_password()
    stored = user.password_hash
    page = Browser(app).sign_in(user).get("/hesabim")
    wrong = page.submit("Parolayı değiştir", 409, old="yanlış", new="yeni kapı eski anahtar")
    assert "Bu, şimdiki parolanız değil." in wrong.text
    weak = page.submit("Parolayı değiştir", 409, old=PASSWORD, new="parola123")
    assert "Bu parola ilk denenenlerden." in weak.text
    assert user.password_hash == stored


def test_an_open_session_does_not_give_the_password_away(app: Flask) -> None:
    page = Browser(app).sign_in(with_password()).get("/hesabim")
    for _time in range(10):
        page.submit("Parolayı değiştir", 409, old="yanlış", new="yeni kapı eski anahtar")
    page.submit("Parolayı değiştir", 429, old=PASSWORD, new="yeni kapı eski anahtar")


def test_representatives_have_no_password_to_change(app: Flask) -> None:
    page = Browser(app).sign_in(UserFactory(role=Role.REPRESENTATIVE)).get("/hesabim")
    assert "Parolayı değiştir" not in page.text


def test_sessions_are_listed_and_ended_one_by_one(app: Flask) -> None:
    user = with_password()
    here, there = Browser(app).sign_in(user), Browser(app).sign_in(user)
    for one in db.session.scalars(sa.select(UserSession).order_by(UserSession.id.desc()).limit(1)):
        one.device = PHONE
    page = here.get("/hesabim")
    assert len(page.rows()) == 2
    assert "Chrome, Android" in page.rows()[0]
    page.submit("Bitir : Chrome, Android")
    assert there.send("GET", "/hesabim").status_code == 302
    assert here.send("GET", "/hesabim").status_code == 200


def test_all_other_sessions_end_at_once(app: Flask) -> None:
    user = with_password()
    others = [Browser(app).sign_in(user) for _time in range(3)]
    here = Browser(app).sign_in(user)
    here.get("/hesabim").submit("Diğerlerinin hepsini bitir")
    assert [one.send("GET", "/hesabim").status_code for one in others] == [302, 302, 302]
    assert len(here.get("/hesabim").rows()) == 1


def test_sessions_of_others_are_not_there(app: Flask, staff: Browser) -> None:
    Browser(app).sign_in(UserFactory())
    foreign = db.session.scalar(sa.select(sa.func.max(UserSession.id)))
    form = staff.get("/hesabim")
    token = form.filled(form.form("Kaydet"))["csrf_token"]
    for number in (foreign, 2_147_483_647, 2**63):
        staff.post(f"/hesabim/oturumlar/{number}/bitir", {"csrf_token": token}, 404)
    assert db.session.get(UserSession, foreign) is not None

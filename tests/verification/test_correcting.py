"""The form with everything filled in: what differs is proposed, bad input is told beside it."""

import pytest

from coordinator import clock
from coordinator.extensions import db
from coordinator.registry.models import Organization
from coordinator.verification.facts import CONTACT_LEFT, NEW_CONTACT
from coordinator.verification.models import AnswerState, ChangeState
from tests.browser import Browser, Page
from tests.factories import ContactFactory
from tests.verification.parts import asked, organization, path_to, sent

TCKN = "10000000146"
SEND = "Düzeltmeleri gönder"


def opened(browser: Browser, one: Organization) -> Page:
    sent()
    return browser.get(f"{path_to(one)}/duzelt")


def proposed(one: Organization) -> dict[str, tuple[object, object]]:
    return {change.field: (change.before, change.after) for change in asked(one).changes}


def test_everything_is_filled_in_and_sending_it_back_confirms(app, browser):
    one = organization(position="Başkan")
    one.address, one.website = "Kordon 1\nKat 2", "http://www.korfez.example"
    page = opened(browser, one)
    values = page.filled(page.form(SEND))
    assert values["name"] == one.name
    assert values["district_slug"] == "konak"
    assert values["address"] == "Kordon 1\nKat 2"
    assert values["people-0-position"] == "Başkan"
    assert page.submit(SEND).h1 == "Teşekkürler, not ettik"
    assert asked(one).state is AnswerState.CONFIRMED
    assert one.verified_at == clock.today()


def test_what_differs_is_proposed_and_nothing_is_changed(app, browser):
    one = organization(phone="+902320000010")
    one.phone = "+902322931200"
    page = opened(browser, one).submit(
        SEND,
        short_name="KRKD",
        phone="0232 293 12 01",
        district_slug="bornova",
        work_area_codes=["education", "health"],
        note="Yeni yere taşındık.",
        **{"people-0-phone": "0532 123 45 67", "people-0-preferred_language": "en"},
    )
    assert page.h1 == "Teşekkürler, düzeltmelerinizi aldık"
    for text in ("KRKD", "0232 293 12 01", "Bornova", "0532 123 45 67", "Yeni yere taşındık."):
        assert text in page.text
    assert "Ayrıca mektup gelmez" in page.text
    found = [(one.field, one.contact_id is not None) for one in asked(one).changes]
    assert found == [
        ("short_name", False), ("district_slug", False), ("phone", False),
        ("work_area_codes", False), ("phone", True), ("preferred_language", True),
    ]  # fmt: skip
    db.session.refresh(one)
    assert (one.short_name, one.phone, one.verified_at) == ("", "+902322931200", None)
    assert asked(one).state is AnswerState.PROPOSED


def test_the_form_opens_with_what_was_proposed_and_takes_its_place(app, browser):
    one = organization()
    opened(browser, one).submit(SEND, short_name="KRKD", website="www.korfez.example")
    page = browser.get(browser.get(path_to(one)).link("Düzeltmelerimi değiştirmek istiyorum"))
    values = page.filled(page.form(SEND))
    assert (values["short_name"], values["website"]) == ("KRKD", "http://www.korfez.example")
    page.submit(SEND, short_name="")
    assert set(proposed(one)) == {"website"}
    browser.get(path_to(one)).submit("Düzeltmelerimi geri al, hepsi doğru")
    assert proposed(one) == {}
    assert asked(one).state is AnswerState.CONFIRMED


def test_somebody_left_and_somebody_came(app, browser):
    one = organization()
    page = opened(browser, one).submit(
        SEND,
        **{
            "people-0-left": "y",
            "came-0-full_name": "Hale Ay",
            "came-0-email": "HALE@kurulus.example",
        },
    )
    assert "Nermin Su" in page.text
    assert "Artık temsilci değil" in page.text
    assert "hale@kurulus.example" in page.text
    assert proposed(one)[CONTACT_LEFT] == ("Nermin Su", None)
    before, after = proposed(one)[NEW_CONTACT]
    assert before is None
    assert after == {
        "full_name": "Hale Ay", "position": "", "phone": "", "email": "hale@kurulus.example",
        "preferred_language": "tr",
    }  # fmt: skip
    again = browser.get(f"{path_to(one)}/duzelt")
    values = again.filled(again.form(SEND))
    assert values["came-0-full_name"] == "Hale Ay"
    assert values["came-1-full_name"] == ""
    assert values["people-0-left"] == ["y"]


def test_hidden_numbers_stay_unless_they_are_written_anew(app, browser):
    one = organization()
    ContactFactory(
        organization=one, full_name="Zehra Ay", is_primary=False, phone="+905321234567",
        email="zehra@kurulus.example",
    )  # fmt: skip
    page = opened(browser, one)
    values = page.filled(page.form(SEND))
    assert (values["people-1-phone"], values["people-1-email"]) == ("", "")
    page.submit(SEND, **{"people-1-email": "yeni@kurulus.example"})
    (change,) = asked(one).changes
    assert change.field == "email"
    assert change.contact.full_name == "Zehra Ay"
    assert change.after == "yeni@kurulus.example"


def test_a_note_alone_waits_for_the_branch(app, browser):
    one = organization()
    page = opened(browser, one).submit(SEND, note="Telefonla arar mısınız?")
    assert page.h1 == "Teşekkürler, düzeltmelerinizi aldık"
    assert "Telefonla arar mısınız?" in page.text
    assert asked(one).state is AnswerState.PROPOSED


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Kuruluşun adını yazın."),
        ("name", "a" * 10_000, "200"),
        ("short_name", TCKN, "kimlik numaras"),
        ("address", f"No {TCKN}", "kimlik numaras"),
        ("note", f"Kimlik {TCKN}", "kimlik numaras"),
        ("phone", "beş", "Telefonu"),
        ("email", "korfez", "e-posta"),
        ("website", "a b", "Web"),
        ("org_type", "club", "Listeden"),
        ("district_slug", "mars", "Listeden"),
        ("people-0-full_name", "", "Kişinin adını"),
        ("people-0-email", "x@", "e-posta"),
        ("people-0-position", TCKN, "kimlik numaras"),
        ("came-0-phone", "0532 123 45 67", "Kişinin adını"),
        ("came-0-full_name", "Hale Ay", "Bir telefon numarası ya da e-posta adresi"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_what_was_typed_stays(
    app, browser, field, typed, words
):
    one = organization()
    page = opened(browser, one).submit(SEND, 422, **{"short_name": "KRKD", field: typed})
    element = page.soup.select_one(f"[name='{field}']")
    assert element is not None
    blamed = element if element.get("aria-invalid") else page.soup.select_one("[aria-invalid=true]")
    told = [page.soup.find(id=name).get_text() for name in blamed["aria-describedby"].split()]
    assert any(words in text for text in told)
    values = page.filled(page.form(SEND))
    assert element.name == "select" or values[field] == typed
    assert field == "short_name" or values["short_name"] == "KRKD"
    assert proposed(one) == {}


def test_hostile_text_is_kept_exactly_or_refused(app, browser):
    one = organization()
    hostile = '<script>alert(1)</script> & "çift"'
    page = opened(browser, one).submit(SEND, name=hostile, short_name="a\u202eb\u200b")
    assert hostile in page.text
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert proposed(one)["name"][1] == hostile
    assert proposed(one)["short_name"][1] == "ab"


def test_a_persons_id_from_elsewhere_is_passed_over(app, browser):
    one, other = organization(), organization("Foça Sardunya Kadın Derneği")
    opened(browser, one).submit(
        SEND,
        **{
            "people-0-contact": other.contacts[0].public_id,
            "people-0-full_name": "Başka Biri",
            "work_area_codes": ["education", "yok-böyle-bir-alan"],
        },
    )
    assert proposed(one) == {"work_area_codes": ([], ["education"])}


def test_a_record_saved_meanwhile_is_shown_beside_what_was_typed(app, browser):
    one = organization()
    page = opened(browser, one)
    one.website = "http://yeni.example"
    one.contacts[0].position = "Başkan"
    db.session.commit()
    page = page.submit(SEND, 409, short_name="KRKD")
    assert "Şu anda kayıtlı:" in page.text
    assert "http://yeni.example" in page.text
    assert "Başkan" in page.text
    assert page.filled(page.form(SEND))["short_name"] == "KRKD"
    page.submit(SEND)
    assert proposed(one)["short_name"] == ("", "KRKD")
    assert proposed(one)["website"] == ("http://yeni.example", "")


def test_decided_corrections_stay_readable_and_new_ones_can_follow(app, browser, staff):
    one = organization()
    opened(browser, one).submit(SEND, short_name="KRKD", website="www.korfez.example")
    first, second = asked(one).changes
    page = staff.get(f"/dogrulama/duzeltmeler/{asked(one).public_id}")
    for change, word in ((first, "al"), (second, "alma")):
        action = f"/dogrulama/duzeltmeler/{asked(one).public_id}/karar/{change.id}"
        data = page.filled(page.soup.select_one(f"form[action='{action}']"))
        page = staff.post(action, {**data, "karar": word})
        page = staff.get(f"/dogrulama/duzeltmeler/{asked(one).public_id}")
    told = browser.get(path_to(one))
    assert "Şube düzeltmelerinize baktı." in told.text
    assert "Kayda geçti" in told.text
    assert "Kayda geçmedi" in told.text
    browser.get(told.link("Bir şeyi düzeltmek istiyorum")).submit(SEND, address="Kordon 1")
    states = [change.state for change in asked(one).changes]
    assert states == [ChangeState.REFUSED, ChangeState.ACCEPTED, ChangeState.OPEN] or states == [
        ChangeState.ACCEPTED, ChangeState.REFUSED, ChangeState.OPEN,
    ]  # fmt: skip

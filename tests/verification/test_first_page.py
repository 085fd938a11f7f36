"""The first page says what waits: corrections for the branch, the question for representatives."""

from tests.browser import Browser
from tests.factories import represent
from tests.verification.parts import organization, path_to, sent


def test_the_branch_is_told_of_corrections(app, staff, browser):
    one = organization()
    sent()
    assert "düzeltmesini kayda geçirin" not in staff.get("/").text
    browser.get(f"{path_to(one)}/duzelt").submit("Düzeltmeleri gönder", short_name="KRKD")
    page = staff.get("/")
    assert "1 kuruluşun düzeltmesini kayda geçirin" in page.text
    assert page.link("Düzeltmelere bak") == "/dogrulama/duzeltmeler"


def test_a_representative_is_asked_until_somebody_has_answered(app, browser):
    one = organization()
    person = Browser(app).sign_in(represent(one))
    sent()
    page = person.get("/")
    assert "Bilgileriniz hâlâ doğru mu?" in page.text
    assert one.name in page.text
    person.get(page.link("Bak ve doğrula")).submit("Hepsi doğru")
    assert "Bilgileriniz hâlâ doğru mu?" not in person.get("/").text

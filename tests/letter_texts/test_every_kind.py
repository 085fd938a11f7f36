"""Every kind that can be worded anew reads so, in both languages, and in real letters."""

import pytest
from bs4 import BeautifulSoup

from coordinator import clock, letters, links
from coordinator.accounts import emails as accounts
from coordinator.activities import emails as activities
from coordinator.activities.models import ActivityPartner, PartnerRole
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.letter_texts import kinds, operations
from coordinator.letter_texts.words import Words
from coordinator.registry.queries import Recipient
from tests.browser import counted_statements
from tests.factories import JointActivityFactory, OrganizationFactory, UserFactory
from tests.mail.kinds import letters as one_of_each

KINDS = {
    "call", "proposal_receipt", "proposal_accepted", "proposal_rejected", "partner", "task",
    "verification", "verification_reminder", "account_welcome",
}  # fmt: skip
SECURE = {"account_sign_in", "account_choose_password", "account_password_changed"}
OWN = Words("Konu & {ad}", "Merhaba {ad},", "Bir <b>iki</b>\n\n{ad}", "Hoşça kalın\n")


def everything() -> list[kinds.Kind]:
    return [one for some in kinds.by_feature().values() for one in some]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_shipped_words_fit_their_placeholders_and_show_all_of_a_letter(app, language) -> None:
    assert {one.code for one in everything()} >= KINDS
    for kind in everything():
        words = kind.shipped(language)
        row = operations.change(kind=kind, language=language, words=words, actor=COMMAND)
        assert row.subject == words.subject, "the shipped words are taken as they are"
        letter = kind.sample(words, language, "")
        seen = BeautifulSoup(letter.html, "html.parser").get_text(" ")
        assert letter.language == language
        for text in (letter.subject, letter.text, seen):
            assert "{" not in text, kind.code
            assert "None" not in text, kind.code
        assert "\n\n\n" not in letter.text, kind.code
        assert "Nermin Su" in letter.text, kind.code
    db.session.rollback()


def test_what_staff_wrote_stands_in_real_letters_and_others_typed_does_nothing(app) -> None:
    name = "{kurulus} <i>x</i> www.kotu.example"
    before = {one.kind: one for one in one_of_each(name)}
    db.session.rollback()
    for kind in everything():
        operations.change(kind=kind, language="tr", words=OWN, actor=COMMAND)
    reworded = [one for one in one_of_each(name) if one.kind not in SECURE]
    assert {one.kind for one in reworded} == set(before) - SECURE
    assert {"call", "proposal_decision", "task", "verification"} <= set(before)
    shown = "{kurulus} <i>x</i> www. kotu. example"
    for letter in reworded:
        assert letter.subject == f"Konu & {shown}", letter.kind
        assert f"Merhaba {shown}," in letter.text, letter.kind
        assert "Bir <b>iki</b>\n\n{kurulus}" in letter.text, letter.kind
        assert "Hoşça kalın\n" in letter.text, letter.kind
        assert "Saygılarımızla" not in letter.text + letter.html, letter.kind
        assert "&lt;b&gt;iki" in letter.html, letter.kind
        assert "<i>" not in letter.html, letter.kind
    db.session.rollback()


def test_letters_that_let_somebody_in_keep_their_words(app, staff) -> None:
    assert not SECURE & {one.code for one in everything()}
    page = staff.get("/mektuplar").text
    assert "Metni değişmeyen mektuplar" in page
    for title in ("Toplantılar ve davetler", "Çağrılar ve öneriler", "Yıllık bilgi kontrolü"):
        assert title in page
    for code in SECURE:
        staff.get(f"/mektuplar/{code}/tr/hepsi", status=404)
    user = UserFactory(full_name="Nermin Su", language="tr")
    link = links.issue("sign_in", user.id, clock.now())
    letter: letters.Letter = accounts.sign_in_link(user, link)
    assert letter.subject == "Giriş bağlantınız"


def test_each_editor_opens_tries_and_stores(app, staff) -> None:
    for code in sorted(KINDS):
        path = f"/mektuplar/{code}/tr/hepsi"
        page = staff.get(path)
        assert page.soup.select_one("[name=ornek]") is None, "there is nothing to try it on"
        frame = staff.client.get(f"{path}/onizleme")
        assert frame.status_code == 200
        assert "sandbox" in frame.headers["Content-Security-Policy"]
        page = page.submit("Kaydet", subject="Yeni konu: {ad}")
        assert "değiştirildi" in page.text
        assert staff.get(path).submit("Hazır metne dön").text.count("değiştirildi") == 0
        staff.get(f"/mektuplar/{code}/tr/zzzzzzzzzzzz", status=404)


def test_letters_of_a_batch_ask_for_their_words_once(app) -> None:
    one = OrganizationFactory()
    partner = ActivityPartner(
        activity=JointActivityFactory(lead=one), organization=one, role=PartnerRole.PARTNER
    )
    db.session.add(partner)
    db.session.flush()
    counts = []
    for size in (1, 5):
        some = [Recipient("Nermin Su", f"{n}@k.example", "tr", None) for n in range(size)]
        with counted_statements() as statements:
            activities.partner_letters(partner, some)
        counts.append(len([one for one in statements if "letter_text" in one]))
    assert counts == [1, 1]

"""Choosing, looking, sending, the list of invitees, and an answer by phone."""

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.actors import COMMAND, Actor
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.outbox.models import LetterState
from tests.browser import counted_statements
from tests.factories import MeetingFactory, OrganizationFactory
from tests.invitations.parts import (
    cancel,
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    place,
)


def answered(meeting, one, reply: Reply, source: Source | None = None) -> Invitation:
    invitation = invitation_of(meeting, one)
    operations.answer_invitation(
        invitation=invitation,
        reply=reply,
        source=source or Source(AnsweredVia.LINK),
        opened_version=invitation.version,
        actor=Actor.link("Nermin Su"),
    )
    return invitation


def test_the_tab_says_it_in_a_sentence_and_counts_are_filters(app, staff):
    one, two, three = (organization(f"Kuruluş {letter}") for letter in "ABC")
    meeting = invited(one, two, three, capacity=60)
    answered(meeting, one, Reply(RsvpAnswer.YES, 2, [], ["childcare"]))
    answered(meeting, two, Reply(RsvpAnswer.NO))
    deliver()
    page = staff.get(place(meeting))
    assert "3 davetliden 2’si yanıtladı. 2 kişi geliyor. Salonda 58 yer boş." in page.text
    assert "Sipariş edilecekler: çocuk bakım ve oyun alanı 1." in page.text
    assert "bağlantıdan" in page.rows()[0]
    assert len(staff.get(page.link("1 yanıt yok")).rows()) == 1
    assert len(staff.get(place(meeting, "?ara=kurulus+b")).rows()) == 1


def test_the_summary_of_the_meeting_tells_the_answers_and_what_comes_next(app, staff):
    one, two = organization("A"), organization("B")
    chosen = MeetingFactory()
    operations.choose(meeting=chosen, organizations=[one], actor=COMMAND)
    assert "davetliden" not in staff.get(f"/toplantilar/{chosen.public_id}").text
    meeting = invited(one, two, capacity=60)
    answered(meeting, one, Reply(RsvpAnswer.YES, 2))
    path = f"/toplantilar/{meeting.public_id}"
    page = staff.get(path)
    assert "2 davetliden 1’i yanıtladı. 2 kişi geliyor. Salonda 58 yer boş." in page.text
    assert page.link("1 yanıt yok") == place(meeting, "?yanit=none")
    assert page.link("Yanıtlamayan 1 kuruluşa ulaşın") == f"{path}/sessizler"
    english = staff.get(path, query={"dil": "en"})
    assert english.link("Reach one organisation that has not answered") == f"{path}/sessizler"
    cancel(meeting)
    off = staff.get(path, query={"dil": "tr"}).text
    assert "2 davetliden 1’i yanıtladı. 2 kişi gelecekti." in off
    assert ("kuruluşa ulaşın" in off, "yer boş" in off) == (False, False)


def test_a_meeting_that_is_off_asks_for_no_work(app, staff):
    one, two = organization("A"), organization("B")
    meeting = invited(one, two, capacity=1)
    answered(meeting, one, Reply(RsvpAnswer.YES, 1, [], ["childcare"]))
    answered(meeting, two, Reply(RsvpAnswer.YES, 1))
    before = staff.get(place(meeting))
    assert "Sipariş edilecekler" in before.text
    assert before.form("Yer ver")
    cancel(meeting)
    after = staff.get(place(meeting))
    assert "Sipariş edilecekler" not in after.text
    assert not after.soup.select("form[action$='yer-ver']")


def test_before_sending_each_row_says_what_will_happen(app, staff):
    rows = organization("Bir"), organization("İki"), OrganizationFactory(name="Telefon")
    meeting = MeetingFactory()
    operations.choose(meeting=meeting, organizations=rows, actor=COMMAND)
    page = staff.get(place(meeting))
    written, other, called = page.rows()
    assert ("Gönderilecek" in written, "Gönderilecek" in other, "Aranacak" in called) == (True,) * 3
    assert len(staff.get(place(meeting, "?gonderim=to_call")).rows()) == 1
    assert "Sessizleri seç" not in page.text
    assert not page.soup.select("form.p-invitees button")
    number = invitation_of(meeting, rows[2]).public_id
    assert page.link("Gör ve gönder : Telefon").endswith(f"/onizleme#kime-{number}")
    letter = staff.get(page.link("Gör ve gönder : İki").split("#")[0])
    assert rows[1].contacts[0].email in letter.soup.select_one("#mektup dl").text
    assert letter.form("2 kuruluşa daveti gönder")
    english = staff.get(place(meeting, "/onizleme"), query={"dil": "en"})
    assert english.form("Send the invitation to 2 organisations")


def test_every_state_of_sending_is_shown_with_its_reason(app, staff):
    names = ("Gitti", "Gitmedi", "Bekliyor", "Sonra", "Aranacak")
    wanted = [organization(name) for name in names[:4]] + [OrganizationFactory(name=names[4])]
    meeting = invited(*wanted)
    states = (LetterState.SENT, LetterState.FAILED, LetterState.QUEUED, LetterState.DEFERRED)
    for one, state in zip(wanted, states, strict=False):
        letter_to(one.contacts[0]).state = state
    letter_to(wanted[1].contacts[0]).reason = "550 posta kutusu yok"
    page = staff.get(place(meeting))
    rows = {row.split()[0]: row for row in page.rows()}
    assert "Gönderildi" in rows["Gitti"]
    assert "Ulaşmadı 550 posta kutusu yok" in rows["Gitmedi"]
    assert "Adresi düzelt" in rows["Gitmedi"]
    assert "Gönderilecek" in rows["Bekliyor"]
    assert "Yeniden denenecek" in rows["Sonra"]
    assert "Aranacak" in rows["Aranacak"]
    assert "3 kuruluşa hiçbir mektup ulaşmadı." in page.text
    assert "0232 000 00 10" in staff.get(page.link("Telefon listesine git")).text
    assert len(staff.get(place(meeting, "?gonderim=to_call")).rows()) == 1


def test_sending_is_followed_while_letters_are_open(app, staff):
    organization()
    meeting = invited(*[organization(f"Kuruluş {n}") for n in range(3)])
    page = staff.get(place(meeting))
    watch = page.soup.select_one("[hx-get]")
    assert watch["hx-trigger"] == "every 2s"
    assert "3 mektuptan 0’ı gönderildi" in page.text
    letters()[0].state = LetterState.SENT
    news = staff.send("GET", watch["hx-get"])
    assert "3 mektuptan 1’i gönderildi" in news.get_data(as_text=True)
    assert "HX-Refresh" not in news.headers
    deliver()
    assert staff.send("GET", watch["hx-get"]).headers["HX-Refresh"] == "true"
    assert not staff.get(place(meeting)).soup.select("[hx-get]")


def test_the_silent_are_reminded_from_the_list(app, staff):
    silent, answers = organization("Sessiz"), organization("Yanıtlı")
    meeting = invited(silent, answers)
    deliver()
    answered(meeting, answers, Reply(RsvpAnswer.NO))
    page = staff.get(place(meeting))
    assert "en az bir kuruluş seçin" in page.submit("Hatırlatma gönder").text
    page = staff.get(staff.get(place(meeting)).link("Sessizleri seç"))
    assert "1 sessiz kuruluş seçili" in page.text
    page = page.submit("Hatırlatma gönder")
    assert "1 kuruluşa son 24 saat içinde mektubumuz gitti" in page.text
    assert not letters(LetterKind.REMINDER)
    page = staff.get(page.link("Sessizleri seç")).submit("Hatırlatma gönder", yine="1")
    assert "1 kuruluşa hatırlatma sırada." in page.text
    (letter,) = letters(LetterKind.REMINDER)
    assert letter.to_address == silent.contacts[0].email


def test_a_phoned_answer_is_marked_so_even_after_the_last_day(app, staff):
    one = organization("Çiğli Turna")
    meeting = invited(one, rsvp_deadline=clock.today() - timedelta(days=1))
    page = staff.get(staff.get(place(meeting)).link("Yanıt gir"))
    assert "Son yanıt günü geçti." in page.text
    page = page.submit("Yanıtı kaydet", answer="yes", people="2")
    assert f"telefonla: {staff.user.full_name}" in page.rows()[0]
    assert "Değiştir" in page.rows()[0]
    assert invitation_of(meeting, one).answered_via is AnsweredVia.PHONE


def test_two_staff_enter_an_answer_the_second_is_told(app, staff, admin):
    one = organization()
    meeting = invited(one)
    path = place(meeting, f"/{invitation_of(meeting, one).public_id}/yanit")
    first, second = staff.get(path), admin.get(path)
    first.submit("Yanıtı kaydet", answer="yes", people="2")
    page = second.submit("Yanıtı kaydet", 409, answer="no")
    assert "Katılacak" in page.soup.select_one(".p-stored").get_text()


def test_a_viewer_reads_and_writes_nothing(app, viewer):
    one = organization()
    meeting = invited(one)
    page = viewer.get(place(meeting))
    assert "Yanıt gir" not in page.text
    assert not page.soup.select("form[method=post] button:not(.p-linkbutton)")
    for path in ("/ekle", "/onizleme", f"/{invitation_of(meeting, one).public_id}/yanit"):
        viewer.get(place(meeting, path), 403)


def test_an_invitation_of_another_meeting_is_not_found(app, staff):
    one = organization()
    meeting, other = invited(one), MeetingFactory()
    staff.get(place(other, f"/{invitation_of(meeting, one).public_id}/yanit"), 404)
    staff.get("/toplantilar/abcdefghjkmn/davetliler", 404)


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_asks_the_database_as_often_for_many_as_for_few(app, staff, number):
    wanted = [organization(f"Kuruluş {place}") for place in range(number)]
    meeting = invited(*wanted, OrganizationFactory(name="Aranacak"))
    letters()[0].state = LetterState.FAILED
    path = place(meeting)
    staff.get(path)
    with counted_statements() as statements:
        staff.get(path)
    asked = [one for one in statements if one.startswith("SELECT")]
    assert len(asked) <= 16, "\n\n".join(asked)


def test_the_organization_page_tells_what_it_was_invited_to(app, staff):
    one = organization()
    meeting = invited(one)
    answered(meeting, one, Reply(RsvpAnswer.DEPUTY, 1))
    page = staff.get(f"/kuruluslar/{one.public_id}")
    assert "Davet edildiği toplantılar" in page.text
    assert "Temsilci gönderecek" in page.text


def test_attendance_expects_who_was_invited(app, staff):
    one = organization()
    meeting = invited(one)
    answered(meeting, one, Reply(RsvpAnswer.YES, 2, ["Nermin Su"]))
    page = staff.get(f"/toplantilar/{meeting.public_id}/yoklama")
    assert one.name in page.text

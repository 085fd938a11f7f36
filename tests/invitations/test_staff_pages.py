"""Choosing, looking, sending, the list of invitees, and an answer by phone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import Actor
from coordinator.extensions import db
from coordinator.invitations import operations
from coordinator.invitations.models import AnsweredVia, Invitation, LetterKind, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.meetings.models import MeetingStatus
from coordinator.outbox.models import LetterState
from coordinator.registry.models import WorkArea
from tests.browser import counted_statements
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory, district
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
)


def place(meeting, part: str = "") -> str:
    return f"/toplantilar/{meeting.public_id}/davetliler{part}"


def test_choosing_by_district_marks_who_is_on_the_list(app, staff):
    konak, urla = organization("Adalete Erişim"), organization("Urla Mor Zeytin")
    urla.district = district("Urla")
    meeting = invited(konak)
    page = staff.get(place(meeting, "/ekle"))
    assert len(page.rows()) == 2
    assert "Davet edildi" in page.rows()[0]
    assert len(page.soup.select("input[name=k]")) == 1
    page = page.submit("Filtrele", ilce="urla")
    assert [row for row in page.rows() if "Urla Mor Zeytin" in row]
    assert len(page.rows()) == 1


@pytest.mark.parametrize(("reach", "name"), [("var", "Adalete"), ("yok", "Menemen")])
def test_choosing_by_whether_there_is_an_address(app, staff, reach, name):
    organization("Adalete Erişim")
    OrganizationFactory(name="Menemen Kil ve El")
    (row,) = staff.get(place(MeetingFactory(), f"/ekle?adres={reach}")).rows()
    assert name in row


def test_choosing_by_field_of_work_and_name(app, staff):
    one = organization("Çiğli Turna Kadın Kooperatifi")
    organization("Adalete Erişim")
    area = db.session.execute(sa.select(WorkArea).filter_by(code="legal")).scalar_one()
    one.work_areas = [area]
    meeting = MeetingFactory()
    assert len(staff.get(place(meeting, "/ekle?alan=legal")).rows()) == 1
    assert "Çiğli" in staff.get(place(meeting, "/ekle?ara=cigli")).rows()[0]


def test_choose_all_look_and_send(app, staff):
    organization("Adalete Erişim", full_name="Nermin Su")
    two = organization("Foça Sardunya")
    ContactFactory(organization=two)
    OrganizationFactory(name="Menemen Kil ve El")
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle"))
    page = staff.get(page.link("Hepsini seç"))
    assert len(page.soup.select("input[name=k][checked]")) == 3
    page = page.submit("Listeye al")
    assert "2 kuruluşa davet gidecek. 3 mektup gidecek. 1 kuruluş aranacak." in page.text
    assert "Nermin Su" in page.text
    assert letters() == []
    page = page.submit("2 daveti gönder")
    assert "3 mektup sırada." in page.text
    assert len(letters(LetterKind.INVITATION)) == 3
    assert len(page.rows()) == 3
    db.session.refresh(meeting)
    assert meeting.status is MeetingStatus.INVITED


def test_the_second_press_sends_nothing(app, staff):
    organization()
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page.submit("1 daveti gönder")
    again = page.submit("1 daveti gönder")
    assert "hiçbiri ikinci kez gönderilmedi" in again.text
    assert len(letters()) == 1


def test_nothing_chosen_is_said(app, staff):
    organization()
    page = staff.get(place(MeetingFactory(), "/ekle")).submit("Listeye al")
    assert "Önce en az bir kuruluş seçin." in page.text


def test_the_letter_can_be_read_as_each_will_get_it(app, staff):
    organization("Adalete Erişim", full_name="Nermin Su")
    organization("Göçmen Kadınlar", full_name="Ann Lee", preferred_language="en")
    meeting = MeetingFactory()
    staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page = staff.get(place(meeting, "/onizleme"))
    assert "Sayın Nermin Su," in page.text
    page = staff.get(page.link("Sonraki"))
    assert "Dear Ann Lee," in page.text
    assert "2 / 2 mektup" in page.text
    sheet = staff.send("GET", page.soup.iframe["src"])
    assert "Dear Ann Lee," in sheet.get_data(as_text=True)
    assert "default-src 'none'" in sheet.headers["Content-Security-Policy"]
    page.submit("2 daveti gönder")
    sent = next(one for one in letters() if one.language == "en")
    assert sheet.get_data(as_text=True).count("<a ") == sent.html.count("<a ")


def test_what_is_odd_is_said_before_sending(app, staff):
    organization("Adalete Erişim", email="ayni@kurulus.example")
    organization("Foça Sardunya", email="ayni@kurulus.example")
    meeting = MeetingFactory(
        starts_at=clock.now() - timedelta(days=1),
        ends_at=clock.now() - timedelta(hours=20),
        rsvp_deadline=clock.today() - timedelta(days=3),
    )
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    assert "Toplantı başlamış." in page.text
    assert "Son yanıt günü" in page.text
    assert "ayni@kurulus.example adresine 2 mektup gidecek" in page.text


def test_who_was_only_chosen_can_be_taken_off(app, staff):
    organization("Adalete Erişim")
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    assert "Adalete Erişim listeden çıktı." in page.submit("Çıkar").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Invitation)) == 0


def test_who_was_invited_stays(app, staff):
    one = organization()
    meeting = invited(one)
    other = organization("Foça Sardunya")
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    form = page.filled(page.form("Çıkar"))
    path = place(meeting, f"/{invitation_of(meeting, one).public_id}/cikar")
    assert "bu yüzden listede kalıyor" in staff.post(path, form).text
    assert other.name


def test_a_trial_goes_to_oneself(app, staff):
    organization()
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page.submit("Kendime deneme gönder")
    (letter,) = letters()
    assert letter.to_address == staff.user.email
    assert letter.subject.startswith("Deneme: Davet: ")
    assert "/davet/deneme" in letter.text
    assert dict(letter.links) == {}


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
    assert "2 kuruluşa hiçbir mektup ulaşmadı." in page.text
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
    assert len(asked) <= 11, "\n\n".join(asked)


@pytest.mark.parametrize("path", ["/ekle", "/onizleme"])
def test_choosing_and_looking_do_not_ask_for_each(app, staff, path):
    meeting = MeetingFactory()
    counts = []
    for _round in range(2):
        for number in range(4):
            organization(f"Kuruluş {number}")
        page = staff.get(place(meeting, "/ekle?hepsi=1"))
        page.submit("Listeye al")
        staff.get(place(meeting, path))
        with counted_statements() as statements:
            staff.get(place(meeting, path))
        counts.append(len(statements))
    assert counts[0] == counts[1]


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

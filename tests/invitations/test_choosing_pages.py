"""Staff choose whom to invite, look at the letter and send it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coordinator import clock
from coordinator.extensions import db
from coordinator.invitations.models import Invitation, LetterKind
from coordinator.meetings.models import MeetingStatus
from coordinator.registry.models import WorkArea
from tests.browser import counted_statements
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory, district
from tests.invitations.parts import (
    invitation_of,
    invited,
    letters,
    organization,
    place,
)


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
    assert "2 kuruluşa davet gidecek. 3 mektup gidecek." in page.text
    assert "1 kuruluşa hiçbir yolla ulaşılamıyor." in page.text
    assert "Nermin Su" in page.text
    assert letters() == []
    page = page.submit("2 kuruluşa daveti gönder")
    assert "3 mektup sırada." in page.text
    assert len(letters(LetterKind.INVITATION)) == 3
    assert len(page.rows()) == 3
    db.session.refresh(meeting)
    assert meeting.status is MeetingStatus.INVITED


def test_the_second_press_sends_nothing(app, staff):
    organization()
    meeting = MeetingFactory()
    page = staff.get(place(meeting, "/ekle?hepsi=1")).submit("Listeye al")
    page.submit("1 kuruluşa daveti gönder")
    again = page.submit("1 kuruluşa daveti gönder")
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
    page.submit("2 kuruluşa daveti gönder")
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

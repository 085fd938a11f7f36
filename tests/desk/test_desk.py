"""The silent desk: the list with reasons, whom to call next, notes, texts, answers on the spot."""

import re
from datetime import timedelta

import sqlalchemy as sa

from coordinator import clock
from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.history import operations as history
from coordinator.history.models import Encounter, EncounterKind
from coordinator.invitations import operations
from coordinator.invitations.models import Addressee, AnsweredVia, AttendMode, RsvpAnswer
from coordinator.invitations.operations import Reply, Source
from coordinator.meetings.models import Mode
from coordinator.outbox.models import HeldAddress, LetterState
from coordinator.registry.models import Channel, Contact
from tests.browser import counted_statements
from tests.desk.parts import answer, cards, desk, move, without_address
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import (
    deliver,
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
)


def test_everybody_without_an_answer_is_listed_with_the_reason(app, staff):
    names = ("Sessiz", "Geri Dönen", "Kararsız", "Gelen", "Adressiz")
    silent, returned, undecided, comes = (organization(name) for name in names[:4])
    without = OrganizationFactory(name=names[4], phone="+902324440044")
    meeting = invited(silent, returned, undecided, comes, without)
    deliver()
    letter = letter_to(returned.contacts[0])
    letter.state, letter.reason = LetterState.FAILED, "550 posta kutusu yok"
    answer(meeting, undecided, RsvpAnswer.MAYBE)
    answer(meeting, comes, RsvpAnswer.YES)
    operations.remind(meeting=meeting, actor=COMMAND, anyway=True)
    deliver()
    page = staff.get(desk(meeting))
    assert "4 kuruluşun gelip gelmeyeceğini bilmiyoruz" in page.text
    assert "Sessizler (4)" in page.text
    found = cards(page)
    assert list(found) == ["Adressiz", "Geri Dönen", "Sessiz", "Kararsız"]
    assert "E-posta adresi yok." in found["Adressiz"]
    assert "0232 444 00 44" in found["Adressiz"]
    assert "adresine mektup ulaşmadı: 550 posta kutusu yok" in found["Geri Dönen"]
    assert "1 kez hatırlatıldı" in found["Sessiz"]
    assert "henüz belli değil" in found["Kararsız"]
    only = staff.get(page.link("Yanıt yok (1)"))
    assert list(cards(only)) == ["Sessiz"]
    assert staff.get(desk(meeting, "?sayfa=9&neden=x&metin=yok")).text


def test_a_call_without_an_answer_brings_up_the_next_person(app, staff):
    one = organization(full_name="Nermin Su")
    ContactFactory(organization=one, full_name="Vekil Ada", is_primary=False, is_deputy=True)
    meeting = invited(one)
    page = staff.get(desk(meeting))
    first = page.soup.select_one(".p-desk-next").get_text(" ")
    assert "Nermin Su" in first
    assert "ilk sorumlu" in first
    page = page.submit("Yanıt veren olmadı", sonuc="nobody")
    assert "Vekil Ada" in page.soup.select_one(".p-desk-next").get_text(" ")
    assert "Yanıt veren olmadı: STK buluşması" in page.text
    page = page.submit("Kendileri arayacak", sonuc="call_back")
    assert "Nermin Su" in page.soup.select_one(".p-desk-next").get_text(" ")
    kept = db.session.scalars(sa.select(Encounter).order_by(Encounter.id)).all()
    assert [call.contact.full_name for call in kept] == ["Nermin Su", "Vekil Ada"]
    assert {call.kind for call in kept} == {EncounterKind.CALL}
    place = f"{desk(meeting)}/{invitation_of(meeting, one).public_id}/arama"
    assert staff.send("POST", place, data={"sonuc": "x"}).status_code == 400
    stranger = ContactFactory().public_id
    form = page.filled(page.form("Kendileri arayacak")) | {"sonuc": "nobody", "kisi": stranger}
    staff.post(place, form, 404)


def test_a_phoned_answer_is_typed_in_the_row(app, staff):
    one, other = organization("Adalete Erişim"), organization("Foça Sardunya")
    meeting = invited(one, other, max_per_org=2)
    page = staff.get(desk(meeting))
    invitation = invitation_of(meeting, one)
    prefix = f"{invitation.public_id}-"
    wrong = page.submit("Yanıtı kaydet", 422, **{f"{prefix}names": "Ayşe Kaya"})
    assert wrong.errors() == {f"{prefix}answer-0": "Ne yanıt verdiler? Bir yanıt seçin."}
    assert f"{invitation.name}: 1 alanı düzeltin" in wrong.text
    assert wrong.soup.find(id=f"{prefix}names")["value"] == "Ayşe Kaya"
    assert wrong.soup.select_one("details[open]")
    crowd = {f"{prefix}answer": "yes", f"{prefix}people": "3", f"{prefix}names": "Ayşe Kaya"}
    full = wrong.submit("Yanıtı kaydet", 409, **crowd)
    assert "2 kişi" in full.text
    invitation.note, invitation.version = "Arayın", invitation.version + 1
    stale = full.submit("Yanıtı kaydet", 409, **{**crowd, f"{prefix}people": "2"})
    assert "Siz yazarken" in stale.text
    page = stale.submit("Yanıtı kaydet", **{**crowd, f"{prefix}people": "2"})
    assert list(cards(page)) == ["Foça Sardunya"]
    db.session.refresh(invitation)
    assert (invitation.answer, invitation.people) == (RsvpAnswer.YES, 2)
    assert invitation.attendee_names == ["Ayşe Kaya"]
    assert invitation.answered_via is AnsweredVia.PHONE


def test_a_phoned_answer_keeps_what_nobody_asked_about(app, staff):
    one = organization()
    meeting = invited(one, mode=Mode.HYBRID, online_url="https://x.example/a", max_per_org=5)
    invitation = invitation_of(meeting, one)
    page = staff.get(desk(meeting))
    operations.answer_invitation(
        invitation=invitation,
        reply=Reply(
            RsvpAnswer.YES, 3, names_later=True, mode=AttendMode.ONLINE, note="Geç geliriz",
            needs=["childcare"], need_numbers={"childcare": 3}, needs_note="4 yaşında",
        ),
        source=Source(AnsweredVia.LINK),
        opened_version=invitation.version,
        actor=COMMAND,
    )  # fmt: skip
    kept = {name: getattr(invitation, name) for name in Reply(RsvpAnswer.YES).kept()}
    db.session.commit()
    typed = {"answer": "yes", "people": "4", "version": str(invitation.version)}
    prefix = f"{invitation.public_id}-"
    page.submit("Yanıtı kaydet", **{f"{prefix}{name}": value for name, value in typed.items()})
    db.session.refresh(invitation)
    assert {name: getattr(invitation, name) for name in kept} == {**kept, "people": 4}


def test_a_ready_text_holds_the_personal_link_of_one_person(app, staff, viewer, browser):
    one = organization(full_name="Nermin Su", phone="+905321234567")
    meeting = invited(one)
    page = staff.get(desk(meeting))
    assert not page.soup.select("textarea")
    page = page.submit("Metni hazırla")
    text = page.soup.select_one("textarea").get_text()
    assert "Sayın Nermin Su," in text
    token = re.search(r"/davet/([\w-]{43})", text)
    assert page.link("WhatsApp").startswith("https://wa.me/905321234567?text=Say")
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    (kept,) = db.session.scalars(sa.select(Addressee)).all()
    assert (kept.channel, kept.contact.full_name) == (Channel.PHONE, "Nermin Su")
    assert "WhatsApp, Nermin Su" not in page.text, "it is not known yet whether it is sent"
    assert token[1] not in viewer.get(page.path).text
    again = page.submit("Metni hazırla")
    assert token[1] in again.soup.select_one("textarea").get_text()
    sent = again.submit("Gönderdim", sonuc="texted")
    assert "Metin gönderildi" in sent.text
    db.session.refresh(kept)
    assert (kept.channel, kept.done_at is None) == (Channel.WHATSAPP, False)
    assert "Körfez Rüzgârı" in browser.get(f"/davet/{token[1]}").text


def test_no_name_becomes_a_link_in_a_ready_text(app, staff):
    one = organization("Dernek https://kotu.example", full_name="Ad www.kotu.example")
    page = staff.get(desk(invited(one))).submit("Metni hazırla")
    text = page.soup.select_one("textarea").get_text()
    assert "Ad www. kotu. example" in text
    assert "Dernek https: //kotu. example" in text
    assert "kotu.example" not in text


def test_no_text_is_made_when_it_is_too_late_to_answer(app, staff):
    meeting = invited(organization())
    meeting.rsvp_deadline = clock.today() - timedelta(days=1)
    page = staff.get(desk(meeting)).submit("Metni hazırla")
    assert "Son yanıt günü geçti" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Addressee)) == 0


def test_the_desk_asks_the_same_number_of_questions_at_any_size(app, staff):
    counts = []
    for size in (2, 12):
        meeting = invited(*[organization(f"Kuruluş {size} {n}") for n in range(size)])
        deliver()
        staff.get(desk(meeting)).submit("Metni hazırla").submit(
            "Yanıt veren olmadı", sonuc="nobody"
        )
        move(meeting)
        with counted_statements() as statements:
            staff.get(desk(meeting))
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 24, counts


def test_an_address_put_right_can_be_written_to_from_the_desk(app, staff):
    one = organization()
    meeting = invited(one)
    deliver(LetterState.FAILED)
    assert "Yeni adrese gönder" not in staff.get(desk(meeting)).text
    db.session.execute(sa.update(Contact).values(email="yeni@kurulus.example"))
    page = staff.get(desk(meeting)).submit("Yeni adrese gönder")
    assert "1 mektup sırada." in page.text
    assert letters()[-1].to_address == "yeni@kurulus.example"


def test_viewers_read_and_nobody_is_on_the_desk_of_a_meeting_without_invitees(app, viewer):
    assert "Sessiz kalan yok" in viewer.get(desk(MeetingFactory())).text
    meeting = invited(organization())
    page = viewer.get(desk(meeting))
    assert list(cards(page))
    assert not page.soup.select("article form")


def test_a_shared_address_on_hold_is_said_of_both_and_who_cannot_be_reached_is_not_called(
    app, staff
):
    one, other = organization("Birinci", email="h4@x.example"), organization("İkinci")
    other.contacts[0].email = "h4@x.example"
    nothing = without_address("Ulaşılmaz", phone="")
    meeting = invited(one, other, nothing)
    deliver()
    first = letters()[0]
    first.state = LetterState.BOUNCED
    db.session.add(HeldAddress(address="h4@x.example", reason="550", held_at=clock.now()))
    page = staff.get(desk(meeting))
    found = cards(page)
    for name in ("Birinci", "İkinci"):
        assert "h4@x.example adresine şimdilik yazılmıyor" in found[name] or (
            "bu adrese şimdilik yazılmıyor" in found[name]
        )
        assert "son mektup" not in found[name]
    assert "telefon veya e-posta ekleyin" in found["Ulaşılmaz"]
    assert "Yanıt veren olmadı" not in found["Ulaşılmaz"]
    assert "Ulaşılamadı (3)" in page.text, "whose letter is said to be sent is not reached either"
    assert "Yanıt yok (" not in page.text
    other.contacts[0].email = "yeni@x.example"
    operations.invite(meeting=meeting, organizations=[other], actor=COMMAND)
    deliver()
    assert list(cards(staff.get(desk(meeting, "?neden=silent")))) == ["İkinci"]


def test_a_call_about_something_else_is_no_try(app, staff):
    one = organization(full_name="Nermin Su")
    meeting = invited(one)
    for text in ("Üye listesini sordum", "Yanıt veren olmadı: Başka toplantı"):
        history.write_down(
            organization=one,
            actor=COMMAND,
            kind=EncounterKind.CALL,
            happened_at=clock.now(),
            contact=one.contacts[0],
            text=text,
        )
    page = staff.get(desk(meeting))
    assert "Üye listesini" not in page.text
    assert "Başka toplantı" not in page.text
    assert "Yanıt veren olmadı: STK" in page.submit("Yanıt veren olmadı", sonuc="nobody").text

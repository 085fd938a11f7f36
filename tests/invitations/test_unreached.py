"""Who has to be called, and why: the list of invitees and the desk say the same."""

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.outbox import operations as outbox
from coordinator.outbox.models import LetterState
from coordinator.registry.models import Channel
from tests.desk.parts import desk, without_address
from tests.invitations.parts import deliver, invited, letter_to, letters, organization, place


def test_the_list_and_the_desk_count_the_same_and_say_why(app, staff):
    names = ("Beklemede", "Telefon İsteyen", "Ertelenen", "Giden")
    held, prefers, deferred, reached = (organization(name) for name in names)
    without = without_address("Adressiz")
    prefers.contacts[0].preferred_channel = Channel.PHONE
    address = held.contacts[0].email
    outbox.hold(address, reason="550 dolu", actor=COMMAND)
    meeting = invited(held, prefers, deferred, reached, without)
    deliver()
    letter_to(deferred.contacts[0]).state = LetterState.DEFERRED
    db.session.commit()
    page = staff.get(place(meeting))
    assert "Yanıt vermeyen 4 kuruluşa hiçbir mektup ulaşmadı" in page.text
    assert "Ulaşılamadı (4)" in staff.get(desk(meeting)).text
    rows = {row.split(" ")[0]: row for row in page.rows()}
    assert "Adres beklemede" in rows["Beklemede"]
    assert "Telefonla ulaşılıyor" in rows["Telefon"]
    assert "E-posta adresi yok" in rows["Adressiz"]

    page = staff.get("/yonetim/gonderiler/bekleyen-adresler").submit("Beklemeyi kaldır")
    assert f"{address} artık beklemede değil. Şimdi bir mektup gönderilmedi" in page.text
    assert "Bekleme yüzünden davet mektubu yazılmayanlar: Beklemede (STK buluşması" in page.text
    page = staff.get(place(meeting))
    (row,) = [row for row in page.rows() if "Beklemede" in row]
    assert "Artık adresi var" in row
    page = staff.get(page.link("Daveti gönder : Beklemede")).submit("Gönder")
    assert letters()[-1].to_address == address

"""What the preview says of those to whom no letter goes: each case as it is."""

from coordinator.actors import COMMAND
from coordinator.extensions import db
from coordinator.invitations.models import Addressee
from coordinator.invitations.operations import choose
from coordinator.outbox import operations as outbox
from coordinator.registry.models import Channel
from tests.factories import ContactFactory, MeetingFactory, OrganizationFactory
from tests.invitations.parts import invitation_of, organization


def test_the_first_sentence_tells_apart_who_is_phoned_and_whom_nothing_reaches(app, staff):
    meeting = MeetingFactory()
    phone = OrganizationFactory(name="Telefonla", phone="+902324440044")
    nothing = OrganizationFactory(name="Ulaşılmaz")
    on_hold = OrganizationFactory(name="Beklemede", email="h@x.example")
    mail_only = organization("Yazılmayan", email="y@x.example", phone="")
    written = organization("Yazılan")
    outbox.hold("h@x.example", reason="550", actor=COMMAND)
    everybody = [phone, nothing, on_hold, mail_only, written]
    choose(meeting=meeting, organizations=everybody, actor=COMMAND)
    silent = ContactFactory(organization=mail_only, full_name="Telefonsuz", phone="")
    row = Addressee(
        invitation=invitation_of(meeting, mail_only), contact=silent, channel=Channel.PHONE
    )
    db.session.add(row)
    db.session.flush()
    place = f"/toplantilar/{meeting.public_id}/davetliler/onizleme"
    page = staff.get(place)
    said = page.soup.select_one(".p-summary").get_text()
    assert "1 kuruluşa davet gidecek." in said
    assert "1 kuruluş aranacak." in said
    assert "2 kuruluşa hiçbir yolla ulaşılamıyor." in said
    assert "1 kuruluşa mektup gitmiyor, telefonu da yok." in said
    text = page.text
    assert text.count("Aranacak") == 1
    assert text.count("Henüz hiçbir yolla ulaşılamıyor") == 3
    assert "Yazılmayan" in text
    english = staff.get(place, query={"dil": "en"}).soup.select_one(".p-summary").get_text()
    assert "One has to be phoned." in english
    assert "2 cannot be reached in any way." in english

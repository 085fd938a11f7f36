"""What the page behind a link says of places, of the last day and of a meeting that is off."""

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.invitations.models import RsvpAnswer
from coordinator.meetings.models import MeetingStatus, Mode
from tests.invitations.parts import invitation_of, invited, letter_to, organization, path_of


@pytest.mark.parametrize(
    ("mode", "said"),
    [(Mode.IN_PERSON, "Şu anda bütün yerler dolu."), (Mode.HYBRID, "Salondaki bütün yerler")],
)
def test_the_page_says_that_the_meeting_is_full_before_somebody_answers(app, browser, mode, said):
    first, second = organization("Birinci Dernek"), organization("İkinci Dernek")
    online = "https://toplanti.example/oda" if mode is Mode.HYBRID else ""
    invited(first, second, mode=mode, online_url=online, capacity=1)
    mine, other = (path_of(letter_to(one.contacts[0])) for one in (first, second))
    page = browser.get(mine)
    assert said not in page.text
    assert "gününün sonuna kadar yanıtlayın." in page.text
    page.submit("Yanıtı gönder", answer="yes")
    page = browser.get(f"{mine}?degistir=1")
    assert said not in page.text, "the place is theirs"
    assert "gününün sonuna kadar yanıtlayın." not in page.text
    page = browser.get(other)
    assert said in page.text
    assert "bekleme listesine girer" in page.text
    assert ("Çevrim içi katılabilirsiniz." in page.text) is (mode is Mode.HYBRID)
    page = page.submit("Yanıtı gönder", answer="yes")
    assert "Bekleme listesindesiniz" in page.text
    assert said not in browser.get(f"{other}?degistir=1").text, "they know"


def test_after_the_last_day_the_silent_are_told_that_they_did_not_answer(app, browser):
    one = organization()
    invitation = invitation_of(invited(one), one)
    invitation.meeting.rsvp_deadline = clock.today() - timedelta(days=1)
    path = path_of(letter_to(one.contacts[0]))
    said = "Sizden yanıt almadık. Katılmak istiyorsanız bizi arayın."
    assert said in browser.get(path).text
    invitation.answer = RsvpAnswer.NO
    assert said not in browser.get(path).text
    invitation.answer, invitation.meeting.status = RsvpAnswer.NONE, MeetingStatus.HELD
    assert said not in browser.get(path).text


def test_whoever_has_several_invitations_reads_which_meeting_is_off(app, browser):
    one = organization()
    meeting = invited(one, title="Birlikte hazırlıyoruz")
    meeting.status = MeetingStatus.CANCELLED
    page = browser.get(path_of(letter_to(one.contacts[0])), 410)
    for said in ("iptal edildi", "Birlikte hazırlıyoruz", "Sizden bir şey beklenmiyor."):
        assert said in page.text
    assert one.name not in page.text

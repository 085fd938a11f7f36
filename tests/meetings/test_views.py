"""The pages of meetings."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from coordinator import clock
from coordinator.days import operations as days
from coordinator.extensions import db
from coordinator.meetings.models import Meeting, MeetingStatus, MeetingType
from coordinator.meetings.signals import meeting_cancelled, meeting_changed
from tests.browser import Browser
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    special_day,
)
from tests.meetings.people import ACTOR, NEW, token_on

TCKN = "10000000146"
GOOD = {
    "title": "STK buluşması",
    "day": "12.11.2026",
    "start": "14.00",
    "end": "16.00",
    "place": "Kültürpark Buluşma Salonu",
    "rsvp_deadline": "05.11.2026",
    "max_per_org": "2",
}


def the_meeting() -> Meeting:
    db.session.expire_all()
    return db.session.execute(db.select(Meeting)).scalar_one()


def count() -> int:
    return int(db.session.scalar(db.select(db.func.count()).select_from(Meeting)) or 0)


def test_a_meeting_is_planned_from_its_window(staff: Browser) -> None:
    window = days.open_window(special_day(), 2027, ACTOR)
    page = staff.get(f"{NEW}?pencere={window.public_id}")
    assert page.h1 == "Yeni toplantı"
    values = page.filled(page.form("Kaydet"))
    assert values["title"] == "STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz"
    assert (values["day"], values["start"], values["end"]) == ("12.11.2027", "14.00", "16.00")
    assert (values["rsvp_deadline"], values["max_per_org"]) == ("05.11.2027", "2")
    assert (values["window"], values["mode"]) == (window.public_id, "in_person")
    saved = page.submit(
        "Kaydet", place="Kültürpark", address="Konak", purpose="Birlikte.\nSöz sizde.",
        agenda="1. Açılış\n\n  2) Öneriler \n", capacity="60", directions="Metro: Hilal durağı",
    )  # fmt: skip
    meeting = the_meeting()
    assert saved.path == f"/toplantilar/{meeting.public_id}"
    assert saved.h1 == meeting.title
    assert "12 Kasım 2027 Cuma, saat 14.00" in saved.text
    assert "Nasıl gelinir Metro: Hilal durağı" in saved.text
    assert [item.title for item in meeting.agenda] == ["Açılış", "Öneriler"]
    assert (meeting.meeting_type, meeting.capacity) == (MeetingType.STAKEHOLDER, 60)
    assert meeting.owner is not None
    assert meeting.owner.id == staff.user.id
    assert saved.link("25 Kasım 2027") == "/ozel-gunler/2027/25-kasim"
    primary = saved.soup.select_one("main .p-empty a.btn-primary")
    assert primary is not None
    assert primary["href"] == f"/toplantilar/{meeting.public_id}/davetliler"


def test_the_form_in_english(staff: Browser) -> None:
    staff.client.set_cookie("dil", "en")
    window = days.open_window(special_day(), 2027, ACTOR)
    page = staff.get(f"{NEW}?pencere={window.public_id}")
    values = page.filled(page.form("Save"))
    assert values["title"] == "NGO meeting: we prepare 25 November together"
    wrong = page.submit("Save", 422, day="tomorrow", place="")
    assert "Write the day like 12.11.2026." in wrong.text
    late = page.submit("Save", 422, place="Hall", rsvp_deadline="12.11.2027")
    assert "Let the last day to answer be before the meeting. The meeting is on 12.11.2027." in (
        late.text
    )


def test_two_faults_at_once_as_in_the_picture(staff: Browser) -> None:
    page = staff.get(NEW)
    wrong = page.submit(
        "Kaydet", 422, **{**GOOD, "day": "28.10.2027", "rsvp_deadline": "05.11.2027",
                          "max_per_org": ""},
    )  # fmt: skip
    assert "2 alanı düzeltin" in wrong.text
    assert "Son yanıt günü toplantıdan önce olsun. Toplantı 28.10.2027’de." in wrong.text
    assert "1 ile 10 arasında bir sayı yazın." in wrong.text
    assert "28 Ekim öğleden sonra yarım gün tatil." in wrong.text
    assert wrong.filled(wrong.form("Kaydet"))["day"] == "28.10.2027"
    assert count() == 0
    # The warning was shown, so putting the faults right is enough.
    wrong.submit("Kaydet", rsvp_deadline="20.10.2027", max_per_org="2")
    assert count() == 1


def test_a_warning_is_shown_once_and_never_blocks(staff: Browser) -> None:
    page = staff.get(NEW)
    warned = page.submit("Kaydet", **{**GOOD, "day": "14.11.2026"})
    assert warned.path == NEW
    assert "Henüz kaydedilmedi." in warned.text
    assert "14 Kasım Cmt hafta sonu." in warned.text
    day = warned.soup.find(id="day")
    assert "day-warning" in day["aria-describedby"].split()
    assert "p-notice-warning" in str(warned.soup.find(id="day-warning"))
    assert count() == 0
    other = warned.submit("Kaydet", day="15.11.2026")
    assert "15 Kasım Paz hafta sonu." in other.text
    assert count() == 0
    saved = other.submit("Kaydet")
    assert saved.h1 == "STK buluşması"
    assert count() == 1
    assert "15 Kasım Paz hafta sonu." in saved.text


def test_the_past_and_an_answer_day_that_is_over(staff: Browser) -> None:
    page = staff.get(NEW)
    past = page.submit("Kaydet", **{**GOOD, "day": "02.11.2026", "rsvp_deadline": "01.11.2026"})
    assert "Bu zaman geçti." in past.text
    over = page.submit("Kaydet", **{**GOOD, "rsvp_deadline": "02.11.2026"})
    assert "02.11.2026 geçti." in over.text
    over.submit("Kaydet")
    assert count() == 1


def test_another_meeting_at_the_same_time(staff: Browser) -> None:
    other = MeetingFactory(
        title="Eylem planı", place="KÜLTÜRPARK buluşma salonu", window=None,
        starts_at=clock.at(date(2026, 11, 12), clock.local(clock.now()).time().replace(hour=15)),
    )  # fmt: skip
    page = staff.get(NEW)
    warned = page.submit("Kaydet", **GOOD)
    assert "Aynı saatte aynı yerde bir toplantı daha var. “Eylem planı”." in warned.text
    elsewhere = warned.submit("Kaydet", place="Başka salon")
    assert "Aynı saatte bir toplantı daha var." in elsewhere.text
    elsewhere.submit("Kaydet")
    assert count() == 2
    assert other.title == "Eylem planı"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Toplantının adını yazın."),
        ("title", "A" * 10_000, "200 karaktere kısaltın"),
        ("title", f"Kimlik {TCKN}", "kimlik numarasına benziyor"),
        ("title", "\u200b\u202e", "Toplantının adını yazın."),
        ("day", "çarşamba", "Tarihi 12.11.2026 gibi yazın."),
        ("day", "31.11.2026", "Tarihi 12.11.2026 gibi yazın."),
        ("day", "12.11.0001", "Tarihi 12.11.2026 gibi yazın."),
        ("day", "12.11.9999", "Tarihi 12.11.2026 gibi yazın."),
        ("start", "25.00", "Saati 14.00 gibi yazın."),
        ("start", "öğleden sonra", "Saati 14.00 gibi yazın."),
        ("end", "13.00", "Bitiş saati başlangıçtan sonra olsun."),
        ("mode", "telepati", "Listeden birini seçin."),
        ("meeting_type", "parti", "Listeden birini seçin."),
        ("window", "zzzzzzzzzzzz", "Listeden birini seçin."),
        ("place", "", "Nerede buluşulacağını yazın."),
        ("place", TCKN, "kimlik numarasına benziyor"),
        ("online_url", "http://toplanti.example", "https:// ile başlayan"),
        ("online_url", "javascript:alert(1)", "Web adresini"),
        ("online_url", "javascript://alert(1)", "https:// ile başlayan"),
        ("online_url", "https://", "Web adresini"),
        ("online_url", "https://a b", "Web adresini"),
        ("max_per_org", "iki", "1 ile 10 arasında bir sayı yazın."),
        ("max_per_org", "11", "1 ile 10 arasında bir sayı yazın."),
        ("max_per_org", "9" * 10_000, "1 ile 10 arasında bir sayı yazın."),
        ("capacity", "-5", "1 ile 5000 arasında bir sayı yazın."),
        ("purpose", "A" * 10_000, "4000 karaktere kısaltın"),
        ("purpose", f"satır\n{TCKN}", "kimlik numarasına benziyor"),
        ("agenda", "\n".join("madde" for _ in range(31)), "En çok 30 satır yazın."),
        ("agenda", "kısa\n" + "u" * 301, "2. maddeyi 300 karaktere kısaltın."),
        ("rsvp_deadline", "", "Tarihi 12.11.2026 gibi yazın."),
    ],
)
def test_hostile_input_is_answered_beside_its_field(
    staff: Browser, field: str, value: str, said: str
) -> None:
    page = staff.get(NEW)
    wrong = page.submit("Kaydet", 422, **{**GOOD, field: value})
    assert said in wrong.text
    assert count() == 0
    control = wrong.soup.find(attrs={"name": field})
    if field not in {"mode", "meeting_type", "window"}:
        kept = control.get_text() if control.name == "textarea" else control["value"]
        assert kept.replace("\r\n", "\n").removeprefix("\n") == value


def test_what_is_typed_is_cleaned(staff: Browser) -> None:
    staff.get(NEW).submit(
        "Kaydet",
        **{**GOOD, "title": "Buluşma\r\nBcc: kotu@ornek.org\u202e", "online_url": "Zoom.us/j/1"},
    )
    meeting = the_meeting()
    assert meeting.title == "Buluşma Bcc: kotu@ornek.org"
    assert meeting.online_url == "https://zoom.us/j/1"


def test_words_of_any_script_stay(staff: Browser) -> None:
    title = "🎗️ שלום <script>alert(1)</script> Ğ" + "İ" * 100
    staff.get(NEW).submit("Kaydet", **{**GOOD, "title": title})
    page = staff.get(f"/toplantilar/{the_meeting().public_id}")
    assert page.h1 == title
    assert title in staff.get("/toplantilar").text


@pytest.fixture
def told() -> Iterator[list[str]]:
    heard: list[str] = []

    def changed(_meeting: Meeting, **_more: Any) -> None:
        heard.append("changed")

    def cancelled(_meeting: Meeting, **_more: Any) -> None:
        heard.append("cancelled")

    with meeting_changed.connected_to(changed), meeting_cancelled.connected_to(cancelled):
        yield heard


def test_a_meeting_is_changed_and_a_stale_form_shows_both(staff: Browser, told: list[str]) -> None:
    staff.get(NEW).submit("Kaydet", **GOOD)
    path = f"/toplantilar/{the_meeting().public_id}/duzenle"
    page, stale = staff.get(path), staff.get(path)
    assert page.h1 == "Düzenle: STK buluşması"
    page.submit("Kaydet", place="Konak Kültür Merkezi", start="13.30")
    assert told == ["changed"]
    assert the_meeting().calendar_sequence == 1
    both = stale.submit("Kaydet", 409, place="Karşıyaka")
    assert "Konak Kültür Merkezi" in both.text
    assert "13.30" in both.text
    assert both.filled(both.form("Kaydet"))["place"] == "Karşıyaka"
    both.submit("Kaydet")
    assert the_meeting().place == "Karşıyaka"
    assert told == ["changed", "changed"]


def test_a_kept_window_stays_choosable_when_it_is_over(staff: Browser) -> None:
    window = days.open_window(special_day("international_womens_day"), 2026, ACTOR)
    meeting = MeetingFactory(window=window)
    page = staff.get(f"/toplantilar/{meeting.public_id}/duzenle")
    assert page.filled(page.form("Kaydet"))["window"] == window.public_id


def test_a_meeting_is_called_off_with_its_reason(staff: Browser, told: list[str]) -> None:
    meeting = MeetingFactory(status=MeetingStatus.INVITED)
    for _ in range(3):
        InvitationFactory(meeting=meeting, invited_at=clock.now())
    page = staff.get(f"/toplantilar/{meeting.public_id}").link("Toplantıyı iptal et")
    ask = staff.get(page)
    assert "Davetli 3 kuruluşa mektup gidemez; gelebilecek olanlara telefonla bildirin" in ask.text
    assert "gerekçenizle" not in ask.text
    assert (
        "Toplantının neden iptal edildiğini yazın."
        in ask.submit("Toplantıyı iptal et", 422, reason=" ").text
    )
    assert the_meeting().status is MeetingStatus.INVITED
    done = ask.submit("Toplantıyı iptal et", reason="Salonu su bastı.\nÜzgünüz.")
    assert "İptal edildi" in done.text
    assert "Salonu su bastı." in done.text
    assert told == ["cancelled"]
    again = ask.submit("Toplantıyı iptal et", 409, reason="x")
    assert "durumu bu arada değişti" in again.text
    assert "Toplantıyı iptal et" not in done.text


def test_a_meeting_is_marked_as_held(staff: Browser) -> None:
    begun = clock.now() - timedelta(minutes=5)
    meeting = MeetingFactory(starts_at=begun, ends_at=begun + timedelta(hours=2))
    page = staff.get(f"/toplantilar/{meeting.public_id}")
    done = page.submit("Yapıldı olarak işaretle")
    assert "Toplantı yapıldı olarak işaretlendi." in done.text
    assert the_meeting().status is MeetingStatus.HELD
    staff.post(f"/toplantilar/{meeting.public_id}/yapildi", token_on(page), 409)
    early = MeetingFactory()
    early_page = staff.get(f"/toplantilar/{early.public_id}")
    assert "Yapıldı olarak işaretle" not in early_page.text
    staff.post(f"/toplantilar/{early.public_id}/yapildi", token_on(early_page), 409)

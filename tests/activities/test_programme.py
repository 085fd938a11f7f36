"""The public programme and its feed: exactly what is public, and nothing of anybody."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from coordinator import clock
from coordinator.activities.models import ActivityStatus, JointActivity
from coordinator.days.models import DayWindow
from coordinator.extensions import db
from coordinator.institution.models import Institution
from tests.activities.making import partner, programme_path, task
from tests.browser import Browser
from tests.factories import (
    ContactFactory,
    DayWindowFactory,
    JointActivityFactory,
    OrganizationFactory,
    ProposalFactory,
    district,
)

HIDDEN = ("KANARYA", "kanarya")


def on_the_day(window: DayWindow, hour: int = 18, **more: object) -> JointActivity:
    given = {"starts_at": clock.at(window.starts_on, time(hour)), "is_public": True, **more}
    return JointActivityFactory(window=window, **given)


def hidden_things(window: DayWindow, shown: JointActivity) -> None:
    """Put a canary into everything that is not for everybody."""
    JointActivityFactory(window=window, title="KANARYA fikir", is_public=False)
    JointActivityFactory(window=window, title="KANARYA tarihsiz", is_public=True, starts_at=None)
    on_the_day(window, title="KANARYA iptal", is_public=False, status=ActivityStatus.CANCELLED)
    on_the_day(DayWindowFactory(year=window.year + 1), title="KANARYA öbür yıl")
    ContactFactory(
        organization=shown.lead, full_name="KANARYA kişi", email="kanarya@kurulus.example"
    )
    task(shown, "KANARYA iş", responsible_name="KANARYA birim")
    shown.outcome_note = "KANARYA not"
    shown.proposal = ProposalFactory(title="KANARYA öneri")


@pytest.fixture
def march(window: DayWindow) -> JointActivity:
    lead = OrganizationFactory(name="Körfez Rüzgârı Kadın Derneği")
    activity = on_the_day(
        window, lead=lead, summary="Herkes bir ışık getirsin.", access_services=["sign_language"]
    )
    partner(activity, OrganizationFactory(name="Erişim Kadın Platformu"))
    hidden_things(window, activity)
    return activity


def feed_of(browser: Browser, window: DayWindow, **query: str) -> Calendar:
    answer = browser.send("GET", f"/takvim/{window.feed_key}.ics", query_string=query)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.data)


def test_the_programme_shows_what_is_public_and_nothing_else(
    browser: Browser, window: DayWindow, march: JointActivity
) -> None:
    page = browser.get(programme_path(window))
    text = page.text
    assert "Işıkla yürüyoruz" in text
    assert "18.00" in text
    assert "Körfez Rüzgârı Kadın Derneği, Erişim Kadın Platformu" in text
    assert "İşaret dili çevirmeni" in text
    assert "25 Kasım" in page.soup.h2.get_text()
    assert "İzmir’de 2 kuruluş ve belediye yan yana, 16 gün boyunca." in text
    assert not any(word in page.response.get_data(as_text=True) for word in HIDDEN)
    assert not page.soup.select("form")
    assert page.soup.select_one('a[href="tel:112"]')
    assert page.soup.select_one('a[href="tel:183"]')


def test_it_speaks_english_too(browser: Browser, window: DayWindow, march: JointActivity) -> None:
    page = browser.get(programme_path(window), query={"dil": "en"})
    assert page.soup.html["lang"] == "en"
    assert "Sign language interpreter" in page.text
    assert "2 organisations and the municipality, side by side in İzmir, for 16 days." in page.text
    inner = browser.get(page.link("Işıkla yürüyoruz"))
    assert inner.soup.html["lang"] == "en"
    assert browser.get(inner.link("Türkçe")).soup.html["lang"] == "tr"


def test_an_activity_has_its_page(
    browser: Browser, window: DayWindow, march: JointActivity
) -> None:
    page = browser.get(f"{programme_path(window)}/{march.public_id}")
    assert page.h1 == "Işıkla yürüyoruz"
    for shown in ("Herkes bir ışık getirsin.", "Erişim Kadın Platformu", "Cumhuriyet Meydanı"):
        assert shown in page.text
    assert not any(word in page.response.get_data(as_text=True) for word in HIDDEN)
    hidden = db.session.scalars(
        db.select(JointActivity).where(JointActivity.title.startswith("KANARYA"))
    )
    for one in list(hidden):
        browser.get(f"{programme_path(window)}/{one.public_id}", 404)
    march.status = ActivityStatus.CANCELLED
    again = browser.get(f"{programme_path(window)}/{march.public_id}")
    assert "Bu etkinlik iptal edildi." in again.text
    assert "Işıkla yürüyoruz" not in browser.get(programme_path(window)).text


@pytest.mark.parametrize(
    "path",
    [
        "/program/2026/yok-boyle-gun",
        "/program/99999999999999999999/25-kasim",
        "/program/0/25-kasim",
        "/program/2027/%00",
        "/program/2027/25-kasım",
        "/takvim/yok.ics",
        "/takvim/%00.ics",
        "/takvim/çğı.ics",
    ],
)
def test_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    browser.get(path, 404)


def test_a_window_without_public_activities_is_calm(browser: Browser, window: DayWindow) -> None:
    page = browser.get(programme_path(window))
    assert "Program hazırlanıyor." in page.text
    assert "kuruluş ve belediye" not in page.text


def test_districts_narrow_the_programme(browser: Browser, window: DayWindow) -> None:
    on_the_day(window, 10, title="Konak söyleşisi", district=district("Konak"))
    on_the_day(window, 12, title="Bornova atölyesi", district=district("Bornova"))
    whole = browser.get(programme_path(window))
    narrowed = browser.get(whole.link("Bornova 1"))
    assert "Bornova atölyesi" in narrowed.text
    assert "Konak söyleşisi" not in narrowed.text
    unknown = browser.get(programme_path(window), query={"ilce": "yok"})
    assert "Konak söyleşisi" in unknown.text


def test_days_are_sections_and_ticks(browser: Browser, window: DayWindow) -> None:
    on_the_day(window)
    last = window.starts_on + timedelta(days=15)
    on_the_day(window, title="Kapanış", starts_at=clock.at(last, time(20)))
    before = window.starts_on - timedelta(days=5)
    on_the_day(window, title="Önce", starts_at=clock.at(before, time(9)))
    page = browser.get(programme_path(window))
    heads = [" ".join(one.get_text(" ").split()) for one in page.soup.select(".p-day > header")]
    weekday = "Perşembe"
    assert [head.split()[0] for head in heads] == ["20", "25", "10"]
    assert heads[1].endswith("günün kendisi")
    assert heads[2].endswith("16. gün")
    assert len(page.soup.select(".p-tick")) == 15
    assert len(page.soup.select(".p-tick-tall")) == 1
    assert weekday


def test_the_branch_writes_its_own_help_lines(browser: Browser, window: DayWindow) -> None:
    institution = db.session.get_one(Institution, 1)
    institution.help_lines = "Bize ulaşın: 0232 293 12 00\n<b>x</b> https://izmir.example/yardim."
    page = browser.get(programme_path(window))
    assert page.soup.select_one('a[href="tel:02322931200"]')
    assert page.soup.select_one('a[href="https://izmir.example/yardim"]')
    assert "<b>x</b>" in page.text
    assert not page.soup.select_one('a[href="tel:183"]')


def test_caches_may_keep_it_for_a_minute(
    browser: Browser, staff: Browser, window: DayWindow
) -> None:
    answer = browser.send("GET", programme_path(window))
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert {"Cookie", "Accept-Language"} <= {
        one.strip() for one in answer.vary.to_header().split(",")
    }
    own = staff.send("GET", programme_path(window))
    assert own.headers["Cache-Control"] == "no-store"


def test_the_feed_can_be_read(browser: Browser, window: DayWindow, march: JointActivity) -> None:
    calendar = feed_of(browser, window)
    assert calendar["METHOD"] == "PUBLISH"
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT6H"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["NAME"]) == f"25 Kasım {window.year}, İzmir Büyükşehir Belediyesi"
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == "Işıkla yürüyoruz"
    assert str(event["UID"]).startswith(march.public_id)
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event.start == march.starts_at
    assert event["LAST-MODIFIED"].dt == march.updated_at.replace(microsecond=0)
    assert str(event["URL"]).endswith(f"{programme_path(window)}/{march.public_id}")
    assert "Erişim Kadın Platformu" in event["DESCRIPTION"]
    whole = calendar.to_ical().decode()
    assert not any(word in whole for word in HIDDEN)
    assert "ORGANIZER" not in whole
    assert "ATTENDEE" not in whole


def test_the_feed_tells_of_what_was_cancelled(
    browser: Browser, window: DayWindow, march: JointActivity
) -> None:
    before = feed_of(browser, window).walk("VEVENT")[0]["UID"]
    march.status = ActivityStatus.CANCELLED
    march.calendar_sequence = 1
    (event,) = feed_of(browser, window).walk("VEVENT")
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (before, "CANCELLED", 1)


def test_the_feed_is_asked_again_cheaply(
    browser: Browser, window: DayWindow, march: JointActivity
) -> None:
    path = f"/takvim/{window.feed_key}.ics"
    first = browser.send("GET", path)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = browser.send("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    march.title = "Başka"
    changed = browser.send("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


HOSTILE = (
    "Satır\r\nBEGIN:VEVENT",
    'a,b;c\\d:"e"',
    "Ş" * 200,
    "yalnız\rCR",
    "\u202eters\u202c 🌸🏳️‍🌈 שלום",
    "x\u2028y\x0bz",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_feed(browser: Browser, window: DayWindow, text: str) -> None:
    on_the_day(window, title=text, place=text, summary=text, lead=OrganizationFactory(name=text))
    raw = browser.send("GET", f"/takvim/{window.feed_key}.ics").data
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(raw)
    assert len(calendar.walk("VEVENT")) == 1
    event = calendar.walk("VEVENT")[0]
    assert "\n" not in event["SUMMARY"]
    assert browser.get(programme_path(window)).response.status_code == 200


def test_hours_are_those_of_izmir(browser: Browser, window: DayWindow) -> None:
    on_the_day(window, 10, ends_at=clock.at(window.starts_on, time(12, 30)))
    several = clock.at(window.starts_on + timedelta(days=3), time(17))
    on_the_day(window, 11, title="Sergi", ends_at=several)
    text = browser.get(programme_path(window)).text
    assert "10.00 – 12.30" in text
    assert "28 Kasım’a kadar sürer" in text
    assert "10:00 – 12:30" in browser.get(programme_path(window), query={"dil": "en"}).text


def test_another_name_leads_to_the_window(browser: Browser, window: DayWindow) -> None:
    page = browser.get(f"/program/{window.year}/16-gun")
    assert page.path == programme_path(window)
    assert date(window.year, 11, 25) == window.starts_on

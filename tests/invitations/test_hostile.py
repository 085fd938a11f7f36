"""Names that others typed: never a link, markup, a header, or a second property."""

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from coordinator.extensions import db
from coordinator.invitations.models import LetterKind
from tests.invitations.parts import (
    invitation_of,
    invited,
    letter_to,
    letters,
    organization,
    path_of,
    unfolded,
)

HOSTILE = [
    '<a href="https://evil.example">Tıkla</a>',
    "<img src=x onerror=alert(1)>",
    "[Tıkla](https://evil.example)",
    '"><script>alert(1)</script>',
    "Ad\r\nBcc: evil@evil.example",
    "Ad\u2028Subject: evil",
    "BEGIN:VEVENT\nATTENDEE:mailto:evil@evil.example",
    "a;CN=evil:mailto:evil@evil.example",
    "{{ 7*7 }}{% raw %}%(name)s%s",
    "%00=?utf-8?q?x?=",
    "ع‏ربى\u202etxt",
    "👩‍👧‍👦" * 30,
]


def tags(html: str) -> list[str]:
    return [tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name_in_the_letter(app, name):
    clean = organization("Sakin Dernek", full_name="Sakin Kişi")
    hostile = organization(name[:200], full_name=name[:200], email="h@kurulus.example")
    meeting = invited(clean, hostile)
    first, second = letter_to(clean.contacts[0]), letter_to(hostile.contacts[0])
    assert tags(first.html) == tags(second.html)
    assert first.text.count("\n") == second.text.count("\n")
    for text in (second.subject, second.to_name):
        assert "\n" not in text
        assert "\r" not in text
    counts = [
        sorted(key for part in Calendar.from_ical(one.calendar).walk("VEVENT") for key in part)
        for one in (first, second)
    ]
    assert counts[0] == counts[1]
    assert unfolded(second.calendar).split("\r\n").count("BEGIN:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in second.calendar.split("\r\n"))
    assert meeting.title in second.subject


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name_on_the_pages(app, browser, staff, name):
    one = organization(name[:200], full_name=name[:200])
    meeting = invited(one)
    page = browser.get(path_of(letter_to(one.contacts[0])))
    assert not page.soup.select("main a[href*=evil], header a[href*=evil], img")
    page = staff.get(f"/toplantilar/{meeting.public_id}/davetliler")
    assert not page.soup.select("main a[href*=evil], main img")
    db.session.expire_all()


def test_what_an_organization_writes_comes_back_as_text_in_the_receipt(app, browser):
    one = organization()
    meeting = invited(one)
    page = browser.get(path_of(letter_to(one.contacts[0])))
    page.submit(
        "Yanıtı gönder",
        answer="yes",
        note="<b>x</b>\nSubject: y\n\nhttps://evil.example",
        **{"attendee_names-0": '<a href="https://evil.example">T</a>'},
    )
    (receipt,) = letters(LetterKind.RECEIPT)
    soup = BeautifulSoup(receipt.html, "html.parser")
    assert not [a for a in soup.find_all("a") if "evil" in a["href"]]
    assert not soup.find("b")
    assert receipt.subject.startswith("Yanıtınızı aldık")
    assert invitation_of(meeting, one).people == 1

"""A meeting in other people's calendars."""

from datetime import UTC, datetime

import icalendar
import pytest
from flask import Flask

from coordinator.meetings import calendar
from coordinator.meetings.models import AgendaItem, Meeting

STK = ("Kadın Çalışmaları Şube Müdürlüğü, İzmir", "kadin@belediye.example")
NERMIN = ("Nermin Su", "nermin@kurulus.example")
RTL = "שלום עולם"


def a_meeting(**changes: object) -> Meeting:
    values: dict[str, object] = {
        "public_id": "k7mnp2qrstuv",
        "title": "STK buluşması: 25 Kasım’ı birlikte hazırlıyoruz",
        "starts_at": datetime(2026, 11, 12, 11, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 12, 13, tzinfo=UTC),
        "place": "Kültürpark Buluşma Salonu",
        "address": "Konak, İzmir",
        "online_url": "",
        "purpose": "25 Kasım için ortak program.",
        "calendar_sequence": 3,
        **changes,
    }
    meeting = Meeting(**values)
    meeting.agenda = [AgendaItem(order_no=1, title="Açılış"), AgendaItem(order_no=2, title="Söz")]
    return meeting


def read(text: str) -> icalendar.Event:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")[0]


def test_a_request_asks_one_person(app: Flask) -> None:
    text = calendar.event(a_meeting(), organizer=STK, attendee=NERMIN, method="REQUEST")
    entry = read(text)
    assert "\r\nMETHOD:REQUEST\r\n" in text
    assert str(entry["UID"]) == "k7mnp2qrstuv@127.0.0.1"
    assert entry["SEQUENCE"] == 3
    assert entry.start.isoformat() == "2026-11-12T14:00:00+03:00"
    assert "DTSTART;TZID=Europe/Istanbul:20261112T140000" in text
    assert "DTEND;TZID=Europe/Istanbul:20261112T160000" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Istanbul" in text
    assert str(entry["LOCATION"]) == "Kültürpark Buluşma Salonu, Konak, İzmir"
    assert str(entry["DESCRIPTION"]) == "25 Kasım için ortak program.\n\n1. Açılış\n2. Söz"
    assert str(entry["ORGANIZER"]) == "mailto:kadin@belediye.example"
    assert entry["ORGANIZER"].params["CN"] == STK[0]
    asked = entry["ATTENDEE"]
    assert str(asked) == "mailto:nermin@kurulus.example"
    assert (asked.params["RSVP"], asked.params["PARTSTAT"]) == ("TRUE", "NEEDS-ACTION")
    assert asked.params["CN"] == "Nermin Su"
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_an_entry_with_nothing_to_say_has_no_description(app: Flask) -> None:
    meeting = a_meeting(purpose="")
    meeting.agenda = []
    text = calendar.event(meeting, organizer=STK, attendee=NERMIN, method="REQUEST")
    assert "DESCRIPTION" not in text
    assert read(text)["SUMMARY"] == meeting.title


def test_a_cancellation_takes_the_same_entry_away(app: Flask) -> None:
    asked = calendar.event(a_meeting(), organizer=STK, attendee=NERMIN, method="REQUEST")
    off = calendar.event(
        a_meeting(calendar_sequence=4), organizer=STK, attendee=NERMIN, method="CANCEL"
    )
    assert read(off)["UID"] == read(asked)["UID"]
    assert read(off)["SEQUENCE"] == 4
    assert str(read(off)["STATUS"]) == "CANCELLED"
    assert "\r\nMETHOD:CANCEL\r\n" in off


def test_a_published_entry_names_nobody(app: Flask) -> None:
    text = calendar.event(a_meeting(), organizer=STK, attendee=NERMIN, method="PUBLISH")
    assert "ATTENDEE" not in text
    assert "nermin" not in text


@pytest.mark.parametrize(
    "nasty",
    [
        "Toplantı\r\nATTENDEE:mailto:kotu@ornek.org",
        "Toplantı\nEND:VEVENT\nBEGIN:VEVENT",
        'Toplantı "; X-KOTU="1":mailto:kotu@ornek.org',
        "Toplantı; virgül, ters \\n bölü \\, iki nokta:",
        "🎗️" * 60,
        RTL * 20,
        "ş" * 200,
        "a" * 200,
        "Toplantı\u2028\u0085\x00\x0b son",
    ],
)
def test_nothing_that_is_typed_becomes_a_line_of_the_file(app: Flask, nasty: str) -> None:
    meeting = a_meeting(title=nasty, place=nasty, address=nasty, purpose=nasty)
    text = calendar.event(
        meeting,
        organizer=(nasty, "kadin@belediye.example"),
        attendee=(nasty, "nermin@kurulus.example"),
        method="REQUEST",
        description=nasty,
        url=f"http://127.0.0.1/toplanti\r\nATTENDEE:{nasty}",
    )
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    names = sorted({line.split(":")[0].split(";")[0] for line in unfolded if line})
    assert names == sorted({
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "TZID", "DTSTART", "TZNAME",
        "TZOFFSETFROM", "TZOFFSETTO", "SUMMARY", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTENDEE",
        "DESCRIPTION", "LOCATION", "ORGANIZER", "STATUS", "URL",
    })  # fmt: skip
    assert sum(line.startswith("ATTENDEE") for line in unfolded) == 1
    assert unfolded.count("BEGIN:VEVENT") == 1
    assert str(read(text)["ATTENDEE"]) == "mailto:nermin@kurulus.example"


def test_an_address_cannot_carry_a_second_one(app: Flask) -> None:
    text = calendar.event(
        a_meeting(),
        organizer=STK,
        attendee=("Nermin", "nermin@kurulus.example\r\nATTENDEE:mailto:kotu@ornek.org"),
        method="REQUEST",
    )
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert sum(line.startswith("ATTENDEE") for line in unfolded) == 1


def test_online_meetings_say_their_link(app: Flask) -> None:
    meeting = a_meeting(place="", address="", online_url="https://toplanti.example/oda?x=1,2")
    entry = read(calendar.event(meeting, organizer=STK, method="PUBLISH"))
    assert str(entry["LOCATION"]) == "https://toplanti.example/oda?x=1,2"

"""Every text is translated, once and the same everywhere, and placeholders survive."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import refresh

from coordinator import catalogues, i18n

PACKAGES = list(catalogues.packages())


@pytest.mark.parametrize(("name", "folder"), PACKAGES, ids=[n or "foundation" for n, _ in PACKAGES])
def test_every_text_has_its_turkish(name: str, folder: Path) -> None:
    assert catalogues.faults(name, folder) == []


def test_a_text_has_one_turkish_wherever_it_stands() -> None:
    seen: dict[object, dict[object, str]] = {}
    for name, folder in PACKAGES:
        for message in catalogues.stored(folder):
            if message.id:
                key = (message.id, message.context)
                seen.setdefault(key, {})[message.string] = name or "foundation"
    different = {key: places for key, places in seen.items() if len(places) > 1}
    assert different == {}


def test_turkish_keeps_the_placeholders() -> None:
    lost = []
    for _name, folder in PACKAGES:
        for message in catalogues.stored(folder):
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = set(re.findall(r"%\(\w+\)s", ids[-1]))
            lost += [s for s in strings if set(re.findall(r"%\(\w+\)s", s)) - wanted]
    assert lost == []


def test_turkish_texts_do_not_shout_or_call_things_invalid() -> None:
    turkish = [
        text
        for _name, folder in PACKAGES
        for message in catalogues.stored(folder)
        if message.id
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert [text for text in turkish if "!" in text or "geçersiz" in text.lower()] == []


def test_processes_that_start_together_do_not_trip_over_each_other(tmp_path: Path) -> None:
    source = catalogues.catalogue_file(catalogues.ROOT)
    for turn in range(5):
        folder = tmp_path / str(turn) / "translations"
        target = folder / "tr" / "LC_MESSAGES" / source.name
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes())
        with ThreadPoolExecutor(8) as starting:
            list(starting.map(i18n.compile_catalogues, [[folder]] * 8))
        assert [file.name for file in target.parent.iterdir() if ".mo" in file.name] == [
            "messages.mo"
        ]


def test_dates_and_numbers_are_written_as_people_write_them(app: Flask) -> None:
    moment = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
    with app.test_request_context(headers={"Accept-Language": "tr"}):
        assert i18n.when(moment) == "12 Kasım 2026 Perşembe, saat 14.00"
        assert i18n.day_short(date(2026, 11, 12)) == "12 Kasım Per"
        assert i18n.number(12500) == "12.500"
        assert i18n.suffix(21, "poss") == "21’i"
    with app.test_request_context(headers={"Accept-Language": "en-GB"}):
        refresh()
        assert i18n.when(moment) == "Thursday 12 November 2026, 14:00"
        assert i18n.number(12500) == "12,500"
        assert i18n.suffix(21, "poss") == "21"


def test_the_language_is_the_one_asked_for_then_the_accounts_then_the_browsers(
    app: Flask,
) -> None:
    def chosen(path: str = "/", **headers: str) -> str:
        with app.test_request_context(path, headers=headers):
            return i18n.language_of_request()

    assert chosen() == "tr"
    assert chosen(**{"Accept-Language": "de"}) == "tr"
    assert chosen(**{"Accept-Language": "en"}) == "en"
    assert chosen("/?dil=tr", **{"Accept-Language": "en"}) == "tr"
    assert chosen("/?dil=xx", **{"Accept-Language": "en"}) == "en"
    assert chosen(Cookie="dil=en") == "en"

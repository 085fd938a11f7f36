"""One typing error in a word is forgiven, and the page says that it was."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from coordinator.extensions import db
from coordinator.registry.listing import Filters, choose, organizations_page
from coordinator.registry.search.near import _beginnings, _whole
from tests.browser import Browser, counted_statements
from tests.factories import ContactFactory, OrganizationFactory, district

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def found(**filters: str) -> tuple[list[str], list[str]]:
    page = organizations_page(Filters.read(filters))
    return [row.name for row in page.items], page.search.forgiven


@pytest.fixture
def some(app: Flask) -> None:
    ege = OrganizationFactory(name="Ege Kadın Dayanışma Derneği", district=district("Bornova"))
    ContactFactory(organization=ege, full_name="Nermin Kaya", email="nermin@ege.example")
    OrganizationFactory(name="Mavi Kıyı Kooperatifi", short_name="MAVKOOP")


@pytest.mark.parametrize(
    "typed",
    [
        "dayanisna", "dayanşma", "dayannışma", "dyaanışma", "dayansm", "daynı",
        "xdayanışma", "bayanışma", "DAYANIŞNA", "bornva", "brnova", "nermni", "nermin@eg.example",
        "ege dayansm", "dayansm ege", "dayanisna bornva", "kadın dayansm nermni",
    ],
)  # fmt: skip
def test_a_wrong_missing_extra_or_swapped_letter_is_forgiven(some: None, typed: str) -> None:
    rows, forgiven = found(ara=typed)
    assert rows == ["Ege Kadın Dayanışma Derneği"]
    assert forgiven


@pytest.mark.parametrize("typed", ["egg", "kdn", "dyanşm", "kıxx", "mavi dyanşm", "mav kiyii ege"])
def test_short_words_and_two_errors_are_not(some: None, typed: str) -> None:
    rows, forgiven = found(ara=typed)
    assert (rows, forgiven) == ([], [])


def test_only_the_word_that_nobody_has_is_read_otherwise(some: None) -> None:
    assert found(ara="mavi koperatif") == (["Mavi Kıyı Kooperatifi"], ["koperatif"])
    assert found(ara="kadın") == (["Ege Kadın Dayanışma Derneği"], [])
    assert found(ara="Mvai Kıyı") == (["Mavi Kıyı Kooperatifi"], ["Mvai"])


def test_a_word_that_somebody_else_has_may_be_meant_otherwise(some: None) -> None:
    OrganizationFactory(name="Kaza Derneği")
    assert found(ara="ege kaza") == (["Ege Kadın Dayanışma Derneği"], ["kaza"])


def test_filters_cut_and_do_not_make_a_search_forgiving(some: None) -> None:
    assert found(ara="kadın", ilce="buca") == ([], [])
    assert found(ara="kadin dayansm", ilce="bornova")[0] == ["Ege Kadın Dayanışma Derneği"]
    assert found(ara="kadin dayansm", ilce="buca")[0] == []


def test_a_saved_search_and_an_export_find_what_the_page_finds(some: None) -> None:
    asked = choose(Filters(ara="dayansm"))
    assert [one.name for one in db.session.scalars(asked)] == ["Ege Kadın Dayanışma Derneği"]


def test_the_page_says_that_it_shows_what_is_nearly_written_so(some: None, staff: Browser) -> None:
    page = staff.get("/kuruluslar", query={"ara": "dayansm"})
    assert "“dayansm” diye yazılan bir kayıt yok. Çok yakın yazılanlar gösteriliyor." in page.text
    assert page.soup.select_one("tbody mark").get_text() == "Dayanışm"
    assert "çok yakın" not in staff.get("/kuruluslar?ara=dayanışma").text.lower()
    page = staff.get("/kuruluslar", query={"ara": "dayansm", "dil": "en"})
    assert "Nothing is written “dayansm”. Shown is what is written nearly so." in page.text


def test_forgiving_costs_the_same_number_of_statements_at_every_size(
    app: Flask, staff: Browser
) -> None:
    costs = []
    staff.get("/kuruluslar")
    for size in (3, 300):
        for number in range(size):
            OrganizationFactory(name=f"Dayanışma {size} {number}")
        db.session.commit()
        with counted_statements() as statements:
            assert "Çok yakın yazılanlar" in staff.get("/kuruluslar?ara=dayansm").text
        costs.append(len([one for one in statements if not one.startswith("BEGIN")]))
    assert costs[0] == costs[1] <= 14


@given(st.text(LETTERS, min_size=4, max_size=10), st.integers(0, 10), st.sampled_from(LETTERS))
def test_each_kind_of_error_leads_back_to_the_word(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    wrong = word[:at] + letter + word[at + 1 :]
    for typed in (wrong, word[:at] + letter + word[at:], word[:at] + word[at + 1 :], swapped):
        if len(typed) >= 4 and typed != word:
            assert _whole(typed, [word, "zzzzzzzzzzzzzz"]) == (word,)
            longer = _beginnings(typed, [f"{word}{letter}qx"])
            assert any(f"{word}{letter}qx".startswith(one) for one in longer) or not longer

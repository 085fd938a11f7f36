"""Turkish letters are searched, sorted, cased and inflected as people expect."""

import pytest

from coordinator import turkish


@pytest.mark.parametrize("typed", ["İSTANBUL", "Istanbul", "istanbul", "ıstanbul", "İstanbul"])
def test_every_spelling_of_a_name_has_one_search_key(typed: str) -> None:
    assert turkish.search_key(typed) == "istanbul"


def test_names_sort_by_the_turkish_alphabet() -> None:
    names = ["Çeşme", "Buca", "Çiğli", "Zara", "Cumaovası", "Ihlamur", "İzmir", "Hatay", "Ödemiş",
             "Odunluk", "Şirince", "Selçuk", "Üçkuyular", "Urla", "Gördes", "Ğ"]  # fmt: skip
    assert sorted(names, key=turkish.sort_key) == [
        "Buca", "Cumaovası", "Çeşme", "Çiğli", "Gördes", "Ğ", "Hatay", "Ihlamur", "İzmir",
        "Odunluk", "Ödemiş", "Selçuk", "Şirince", "Urla", "Üçkuyular", "Zara",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "case", "shown"),
    [
        (21, "poss", "21’i"), (30, "abl", "30’dan"), (6, "poss", "6’sı"), (3, "acc", "3’ü"),
        (40, "loc", "40’ta"), (100, "gen", "100’ün"), ("25 Kasım", "acc", "25 Kasım’ı"),
        ("25 Kasım", "loc", "25 Kasım’da"), ("İzmir", "loc", "İzmir’de"), (9, "dat", "9’a"),
    ],
)  # fmt: skip
def test_case_endings_follow_the_spoken_word(value: object, case: str, shown: str) -> None:
    assert turkish.with_suffix(value, case) == shown


def test_case_follows_the_turkish_pairs() -> None:
    assert turkish.lower("IŞIK İZMİR") == "ışık izmir"
    assert turkish.upper("ışık izmir") == "IŞIK İZMİR"
    assert turkish.title("EGE KADIN DAYANIŞMA DERNEĞİ") == "Ege Kadın Dayanışma Derneği"
    assert turkish.slug("25 Kasım: Işıklı Çeşme") == "25-kasim-isikli-cesme"

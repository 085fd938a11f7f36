"""Phones, e-mail addresses and web addresses are kept in one form or refused."""

import pytest

from coordinator import i18n, reachability
from coordinator.wording import Unkeepable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(232) 478-2623", "+902324782623"), ("0 532 452 21 13", "+905324522113"),
        ("+90 232 399 66 52", "+902323996652"), ("5323887781", "+905323887781"),
        ("02324217590 dahili 12", "+902324217590;ext=12"), ("153", "153"),
        ("0090 232 293 12 00", "+902322931200"), ("444 0 153", "+904440153"), ("", ""),
    ],
)  # fmt: skip
def test_every_written_form_of_a_phone_is_kept_in_one(typed: str, kept: str) -> None:
    assert reachability.phone(typed) == kept


@pytest.mark.parametrize("typed", ["yok", "12", "0232 abc 12", "0532 1", "1" * 20])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(Unkeepable):
        reachability.phone(typed)


def test_phones_are_shown_as_people_write_them(app: object) -> None:
    assert i18n.phone("+902322931200") == "0232 293 12 00"
    assert i18n.phone("+905321234567") == "0532 123 45 67"
    assert i18n.phone("+902324217590;ext=12") == "0232 421 75 90 dahili 12"
    assert i18n.phone("153") == "153"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" BILGI@ODEMIS.EXAMPLE ", "bilgi@odemis.example"), ("a.b+c@x.org.tr", "a.b+c@x.org.tr")],
)
def test_an_address_is_lowered_as_ascii(typed: str, kept: str) -> None:
    assert reachability.email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["torbali(at)posta.example", "a@b", "a@b.example; c@d.example", "ışık@a.org", '"a b"@c.org',
     "a@b.org\nBcc: x@y.org", "ａ@b.org", "a@b.org."],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(Unkeepable):
        reachability.email(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.ege.example", "http://www.ege.example"),
        ("HTTPS://Ege.Example/Yol", "https://ege.example/Yol"),
        ("", ""),
    ],
)
def test_a_web_address_gets_its_scheme(typed: str, kept: str) -> None:
    assert reachability.website(typed) == kept


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "ftp://a.org", "a b.org", "yok", "http://a@b.org", "//"]
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(Unkeepable):
        reachability.website(typed)

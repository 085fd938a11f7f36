"""Which passwords are taken, and how they are kept."""

import pytest

from coordinator.accounts import passwords
from coordinator.accounts.passwords import PasswordRefused

MINE = ("Derya Tuna", "derya.tuna@belediye.example")


@pytest.mark.parametrize(
    "password",
    [
        "mavi kapı sessiz deniz", "Zx9!kq2v", "x7!Kp2#q" * 8, "🌊🌸🌿🍋🌞🌙⭐🌈", "çözümsüzük ğü",
        "gizli-parola-12", "Parola12345!", "Deneme-12345", "admin-pass-1", "galatasaray ve ben",
        "Derya!2041", "derya ile deniz", "uzun cümle " * 90,
    ],
)  # fmt: skip
def test_what_people_choose_is_taken(password: str) -> None:
    passwords.check(password, belonging=MINE)


@pytest.mark.parametrize("password", ["", "kısa7!", "1234567", "a" * 1001])
def test_too_short_and_too_long_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused, match="characters") as refused:
        passwords.check(password, belonging=MINE)
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1", "PAROLA123", "Şifre123", "SIFRE1234", "Galatasaray", "fenerbahçe",
        "12345678", "qwertyui", "11111111", "1q2w3e4r", "seniseviyorum", "trustno1", "iloveyou",
        "baseball", "admin123", "P@ssw0rd",
    ],
)  # fmt: skip
def test_the_commonest_are_refused_however_they_are_spelt(password: str) -> None:
    with pytest.raises(PasswordRefused, match="first that are tried"):
        passwords.check(password, belonging=MINE)


@pytest.mark.parametrize(
    "password",
    ["Derya Tuna", "DERYATUNA", "derya.tuna@belediye.example", "Derya.Tuna@Belediye.example"],
)
def test_ones_own_name_or_address_alone_is_no_password(password: str) -> None:
    with pytest.raises(PasswordRefused, match="alone is no password"):
        passwords.check(password, belonging=MINE)


def test_length_is_counted_not_cut() -> None:
    long = "uzun cümle " * 20
    stored = passwords.digest(long)
    assert passwords.matches(stored, long)
    assert not passwords.matches(stored, long[:-1])
    assert not passwords.matches(stored, long[:72])


def test_both_spellings_of_a_letter_are_one_password() -> None:
    stored = passwords.digest("sessiz \u00e7a\u011flayan")
    assert passwords.matches(stored, "sessiz c\u0327ag\u0306layan")


def test_nobody_has_no_password() -> None:
    assert not passwords.matches(None, "")
    assert not passwords.matches(None, "nobody's password, compared with when there is no account")


def test_what_is_stored_is_argon2id_and_differs_each_time() -> None:
    first, second = passwords.digest("aynı parola iki kez"), passwords.digest("aynı parola iki kez")
    assert first.startswith("$argon2id$")
    assert first != second

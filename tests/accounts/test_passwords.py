"""Which passwords are taken, and how they are kept."""

import pytest

from coordinator.accounts import passwords
from coordinator.accounts.passwords import PasswordRefused

MINE = ("Derya Tuna", "derya.tuna@belediye.example")


@pytest.mark.parametrize(
    "password",
    [
        "mavi kapı sessiz deniz", "Zx9!kq2v", "x7!Kp2#q" * 8, "🌊🌸🌿🍋🌞🌙⭐🌈", "çözümsüzük ğü",
        "kırk yıllık kahvenin hatırı", "derya ile on altı harften uzun",
    ],
)  # fmt: skip
def test_good_passwords_are_taken(password: str) -> None:
    passwords.check(password, belonging=MINE)


@pytest.mark.parametrize(
    "password",
    [
        "", "kısa7!", "1234567", "password", "Password1", "P@ssw0rd!", "parola123", "Şifre2026",
        "SIFRE1234", "galatasaray1905", "Fenerbahçe1907", "istanbul34", "izmir3535", "qwertyui",
        "asdfghjkl", "12345678", "19051981", "aaaaaaaa", "abababab", "abcdefgh", "1q2w3e4r5t",
        "seniseviyorum", "trustno1", "iloveyou", "baseball", "10000000146", "admin123",
        "belediye2026", "q1w2e3r4t5",
    ],
)  # fmt: skip
def test_short_and_common_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        passwords.check(password, belonging=MINE)
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["derya.tuna", "Derya!2041", "xDERYAx77!"])
def test_ones_own_name_is_no_password(password: str) -> None:
    with pytest.raises(PasswordRefused):
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

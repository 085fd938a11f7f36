"""Phones, e-mail addresses and web addresses in the one form in which they are kept."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from coordinator.wording import Unkeepable, one_line

_EXTENSION = re.compile(r"(?:dahili|dah\.?|ext\.?|iç hat|#|x)\s*:?\s*(\d{1,6})\s*$", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$")

PHONE_REFUSED = _l("Write the phone number like 0232 293 12 00 or 0532 123 45 67.")
EMAIL_REFUSED = _l("Write one e-mail address like ad@kurulus.org.tr.")
WEBSITE_REFUSED = _l("Write the web address like www.kurulus.org.tr.")


def phone(text: str) -> str:
    """Return a phone as E.164, an extension behind it as in RFC 3966: +902324217590;ext=12.

    Three-digit service numbers (153, 183) stay as they are. Raises Unkeepable.
    """
    typed = one_line(text)
    if not typed:
        return ""
    extension = _EXTENSION.search(typed)
    bare = typed[: extension.start()] if extension else typed
    digits = re.sub(r"\D", "", bare)
    if re.search(r"[^\d\s()+./\-]", bare) or not 3 <= len(digits) <= 15:
        raise Unkeepable(PHONE_REFUSED)
    if len(digits) == 3 and digits == bare.strip():
        return digits
    try:
        parsed = phonenumbers.parse(bare, "TR")
    except phonenumbers.NumberParseException as error:
        raise Unkeepable(PHONE_REFUSED) from error
    if not phonenumbers.is_possible_number(parsed):
        raise Unkeepable(PHONE_REFUSED)
    kept = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return f"{kept};ext={extension[1]}" if extension else kept


def email(text: str) -> str:
    """Return an e-mail address in small ASCII letters, as it is written to. Raises Unkeepable.

    Letters are lowered as ASCII, never the Turkish way: BILGI@ is bilgi@. Addresses with other
    letters are refused, because ı/i look-alikes would be two mailboxes under one name.
    """
    typed = one_line(text)
    if not typed:
        return ""
    if not typed.isascii() or len(typed) > 254:
        raise Unkeepable(EMAIL_REFUSED)
    try:
        checked = validate_email(
            typed, check_deliverability=False, allow_smtputf8=False, allow_quoted_local=False,
            test_environment=True,
        )  # fmt: skip
    except EmailNotValidError as error:
        raise Unkeepable(EMAIL_REFUSED) from error
    return str(checked.normalized).lower()


def website(text: str) -> str:
    """Return a web address with its scheme: www.a.org becomes http://www.a.org."""
    typed = one_line(text)
    if not typed:
        return ""
    scheme, _, rest = typed.rpartition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].lower()
    if scheme.lower() not in {"", "http", "https"} or " " in rest or "@" in host:
        raise Unkeepable(WEBSITE_REFUSED)
    try:
        plain = host.split(":")[0].encode("idna").decode()
    except UnicodeError as error:
        raise Unkeepable(WEBSITE_REFUSED) from error
    if not _HOST.match(plain):
        raise Unkeepable(WEBSITE_REFUSED)
    return f"{scheme.lower() or 'http'}://{host}{rest[len(host) :]}"


def masked_email(address: str) -> str:
    """Return an address of which only its owner knows the rest: n•••@kurulus.example."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def masked_name(name: str) -> str:
    """Return a person's name of which only those who know it know the rest: H••• A•••."""
    return " ".join(f"{word[:1]}•••" for word in name.split())


def masked_phone(shown: str) -> str:
    """Return a shown number of which only its owner knows the middle: 0532 ••• •• 67."""
    digits = [place for place, letter in enumerate(shown) if letter.isdigit()]
    hidden = set(digits[4:-2] if len(digits) > 7 else digits[1:])
    return "".join("•" if place in hidden else letter for place, letter in enumerate(shown))

"""What people type, made safe to keep: one form of each letter, no invisible signs, no TCKN."""

import re
import unicodedata

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# Zero-width and direction signs (U+200B-F, U+202A-E, U+2060-9, U+FEFF) hide or turn text around.
# ZWJ and ZWNJ stay where a letter or an emoji needs them; elsewhere they are dropped as well.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_JOINER = re.compile("(?<![^\x00-\u02ff\\s])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff\\s])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
_ELEVEN = re.compile(r"(?<![\d+])(?=([1-9](?:[ \-./]?\d){10})(?!\d))")
# Two phones in one line hold runs of eleven digits, and one in a hundred would pass for a TCKN.
# A phone begins with 0 or 90, an identity number with neither at that length.
_TELEPHONE = re.compile(
    r"(?<!\d)(?:\+?90|0)[ \-./]?\(?[2-5]\d\d\)?[ \-./]?\d{3}[ \-./]?\d\d[ \-./]?\d\d(?!\d)"
)
# Mail programs make links of addresses in plain text. Some browsers' dots are not ours.
_SCHEME = re.compile(r"\b([a-zA-Z][a-zA-Z0-9+.-]{1,20})[:：](?=\S)")
_SHARE = re.compile(r"(\\)(?=\\\S)")
_FILE = r"(?:pdf|docx?|odt|xlsx?|ods|pptx?|jpe?g|png|txt|csv)(?![\w.-])"
_DOT = re.compile(rf"([.\u2024\u3002\uff0e\uff61])(?!{_FILE})(?=[^\W\d_][\w-])")
_AT = re.compile(r"(?<=\S)([@\uff20])(?=\S)")
_LINES = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\x0b|\x0c")

TCKN_REFUSED = _l(
    "This looks like a national identity number (TCKN). Paydaş never keeps one: take it out."
)


class Unkeepable(ValueError):
    """The text holds something that may not be kept; `message` says what, for the reader."""

    def __init__(self, message: LazyString | str) -> None:
        self.message = message
        super().__init__(str(type(self).__name__))


def one_line(text: str) -> str:
    """Return typed text as one clean line: NFC, no control or invisible signs, single spaces."""
    return " ".join(many_lines(text).split())


def many_lines(text: str) -> str:
    """Return typed text with its lines kept: NFC, no control or invisible signs."""
    text = _LINES.sub("\n", unicodedata.normalize("NFC", text))
    text = _JOINER.sub("", _INVISIBLE.sub("", _CONTROL.sub("", text)))
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def holds_tckn(text: str) -> bool:
    """Is there an eleven-digit number whose two check digits are those of a TCKN?

    Digits of every script count: an identity number in Arabic digits is one as well.
    """
    plain = (
        text
        if text.isascii()
        else "".join(
            str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
        )
    )
    plain = _TELEPHONE.sub("x", plain)
    return any(is_tckn(re.sub(r"\D", "", found)) for found in _ELEVEN.findall(plain))


def is_tckn(digits: str) -> bool:
    """Is this a well-formed national identity number? (11 digits, first not 0, check digits)"""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        return False
    d = [int(digit) for digit in digits]
    tenth = (sum(d[0:9:2]) * 7 - sum(d[1:8:2])) % 10
    return d[9] == tenth and d[10] == sum(d[:10]) % 10


def defused(text: str) -> str:
    """Return a text that somebody else typed so that no mail program makes a link of it.

    A space stands where an address would go on: "http: //kotu. example", "ad @kurum. example".
    """
    text = _SCHEME.sub(r"\1: ", str(text))
    text = _SHARE.sub(r"\1 ", text)
    return _AT.sub(r" \1", _DOT.sub(r"\1 ", text))


def keepable(text: str, *, lines: bool = False) -> str:
    """Return the cleaned text; raises Unkeepable if it holds a TCKN."""
    clean = many_lines(text) if lines else one_line(text)
    refuse_tckn(clean)
    return clean


def refuse_tckn(text: str) -> None:
    """Raise Unkeepable, with the reason, if the text holds a TCKN."""
    if holds_tckn(text):
        raise Unkeepable(TCKN_REFUSED)

"""Turkish letters where Python and both databases get them wrong: search, order, case, suffixes.

Facts: İ/I and ı/i are four letters; Python's lower() and upper(), SQLite's LIKE and PostgreSQL's
lower() under the C locale each treat them differently.
"""

import re
import unicodedata

_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_FOLD = str.maketrans({"ı": "i", "İ": "i", "I": "i"})
# "~" is behind every ASCII letter, so "c~" falls between c and d when bytes are compared.
_SORT = str.maketrans(
    {"ç": "c~", "ğ": "g~", "ı": "h~", "ö": "o~", "ş": "s~", "ü": "u~", "â": "a", "î": "i", "û": "u"}
)
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]")
_DIGITS = ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
_TENS = ["sıfır", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]
_POWERS = ((10**9, "milyar"), (10**6, "milyon"), (10**3, "bin"), (100, "yüz"))


def lower(text: str) -> str:
    """Return the text in small letters the Turkish way: IŞIK becomes ışık."""
    return text.translate(_LOWER).lower()


def upper(text: str) -> str:
    """Return the text in capitals the Turkish way: istanbul becomes İSTANBUL."""
    return text.translate(_UPPER).upper()


def title(text: str) -> str:
    """Return each word with one capital: EGE KADIN becomes Ege Kadın."""
    return " ".join(upper(word[:1]) + lower(word[1:]) for word in text.split(" "))


def search_key(text: str) -> str:
    """Return the text as it is searched: no case, no accents, single spaces.

    İSTANBUL, Istanbul, istanbul and ıstanbul all become istanbul.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_FOLD).casefold())
    if not text.isascii():  # a letter of another alphabet may have come apart into capitals: 𝕊
        folded = unicodedata.normalize("NFKD", folded.translate(_FOLD).casefold())
    return " ".join(_without_marks(folded).split())


def sort_key(text: str) -> str:
    """Return a key whose byte order is the order of the Turkish alphabet."""
    key = lower(unicodedata.normalize("NFC", text)).translate(_SORT)
    return " ".join(_without_marks(unicodedata.normalize("NFKD", key)).split())


def _without_marks(text: str) -> str:
    """Return decomposed text without accents; most of them are looked for in one go."""
    text = _MARKS.sub("", text)
    if text.isascii():
        return text
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Return the text for an address: 25 Kasım becomes 25-kasim."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def with_suffix(value: object, case: str) -> str:
    """Return a name or number with its Turkish case ending behind an apostrophe.

    `case` is "acc" (-ı), "dat" (-a), "loc" (-da), "abl" (-dan), "gen" (-ın) or "poss" (-ı/-sı,
    as in 30'un 21'i). Numbers are read aloud first: 21 takes -i, 30 takes -u.
    """
    text = str(value)
    spoken = _spoken(text)
    vowels = [letter for letter in lower(spoken) if letter in "aâeıîioöuûü"]
    last = vowels[-1] if vowels else "e"
    ends_in_vowel = lower(spoken)[-1:] in "aâeıîioöuûü"
    hard = lower(spoken)[-1:] in "fstkçşhp"
    wide = "a" if last in "aâıouû" else "e"
    narrow = {"a": "ı", "â": "ı", "ı": "ı", "o": "u", "u": "u", "û": "u"}.get(
        last, {"ö": "ü", "ü": "ü"}.get(last, "i")
    )
    stop = "t" if hard else "d"
    endings = {
        "acc": ("y" if ends_in_vowel else "") + narrow,
        "poss": ("s" if ends_in_vowel else "") + narrow,
        "dat": ("y" if ends_in_vowel else "") + wide,
        "loc": stop + wide,
        "abl": stop + wide + "n",
        "gen": ("n" if ends_in_vowel else "") + narrow + "n",
    }
    return f"{text}’{endings[case]}"


def _spoken(text: str) -> str:
    """Return the last word of the text as it is said: 21 is bir, 14.00 is sıfır."""
    digits = re.search(r"(\d+)\W*$", text)
    if not digits:
        return text
    number = int(digits[1])
    if number == 0:
        return "sıfır"
    for power, word in _POWERS:
        if number % power == 0:
            return word
    if number % 10:
        return _DIGITS[number % 10]
    return _TENS[number // 10 % 10] if number % 100 else "yüz"

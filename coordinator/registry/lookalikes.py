"""Letters of other alphabets that look like Latin ones: К is no K, and nobody sees it."""

import re

from coordinator.wording import one_line

# Each pair of lines: the letters as they look, the Latin letters that are meant.
_CYRILLIC = "АВЕЅІЈКМНОРСТУХҮԚԜЗаеѕіјорсухԁһԛԝҽү"
_AS_LATIN = "ABESIJKMHOPCTYXYQWZaesijopcyxdhqwey"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυικχ"
_LATIN_OF = "ABEZHIKMNOPTYXavopuikx"
_OTHERS = "ℓıꞮⅼ"
_PLAIN = "lıIl"
_LOOKS = str.maketrans(_CYRILLIC + _GREEK + _OTHERS, _AS_LATIN + _LATIN_OF + _PLAIN)
_FOREIGN = re.compile("[^\x00-\u02af\u2010-\u201f]")


def latin(text: str) -> str:
    """Return the text as it looks: invisible signs left out, look-alike letters as Latin ones."""
    return one_line(text).translate(_LOOKS) if _FOREIGN.search(text) else text

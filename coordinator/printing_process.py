"""Sets one document in a process of its own: JSON on standard input, PDF on standard output.

The typesetter takes as much memory as the rest of the application; here it gives it back at
once. The texts come in as data and are never read as markup; no file but the template is read.
The standard wants every letter drawn. A sign that no font of this machine holds (an emoji in a
title) is left out, a letter of a foreign script becomes an empty box: neither takes the whole
document along.
"""

import json
import re
import resource
import sys
import unicodedata
from typing import Any

import typst

MEMORY = 1_500_000_000
SECONDS = 60
TRIES = 4
BOX = "□"
WORDS = ("L", "N")
"""Letters and numbers, by the first letter of their Unicode category: to lose one is seen."""
JOINERS = "\u200d\ufe0e\ufe0f"
"""What stands between and after the parts of one emoji."""
NOT_DRAWN = re.compile('the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How the typesetter's complaint writes a sign that is not seen by itself."""


def main() -> None:
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(
            what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(drawn(asked["template"], asked["data"]))


def drawn(template: str, data: Any) -> bytes:
    """Return the document without what no font holds."""
    for _ in range(TRIES):
        try:
            return compiled(template, data)
        except typst.TypstError as error:
            lost = undrawn(str(error.diagnostic))
            if not lost:
                raise
            data = without(data, lost)
    return compiled(template, data)


def undrawn(complaint: str) -> set[str]:
    """Return what no font holds, as the typesetter complains of it."""
    told = ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(NOT_DRAWN.findall(complaint)))
    return {sign for sign in told if not sign.isascii()} - {BOX}


def without(data: Any, lost: set[str]) -> Any:
    """Return the data with every text readable without the signs that are lost."""
    if isinstance(data, dict):
        return {name: without(value, lost) for name, value in data.items()}
    if isinstance(data, list):
        return [without(value, lost) for value in data]
    if not isinstance(data, str) or not lost & set(data):
        return data
    letters = {sign for sign in lost if unicodedata.category(sign)[0] in WORDS}
    text = data.translate(dict.fromkeys(map(ord, letters), BOX))
    if signs := re.escape("".join(lost - letters)):
        text = re.sub(rf"(?<=\w)[{signs}{JOINERS}]+(?=\w)", " ", text)
        text = re.sub(rf" ?[{signs}][{signs}{JOINERS}]*", "", text)
    return text.strip()


def compiled(template: str, data: Any) -> bytes:
    told = {"data": json.dumps(data, ensure_ascii=False)}
    return bytes(
        typst.compile(template.encode(), format="pdf", sys_inputs=told, pdf_standards=["ua-1"])
    )


if __name__ == "__main__":
    main()

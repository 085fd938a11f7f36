"""Help lines as they are written in the settings, with numbers and addresses to press."""

import re

from markupsafe import Markup, escape

_ADDRESS = r"(?P<address>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
_NUMBER = (
    r"(?P<number>(?:ALO )?(?<![\d.,/])(?:0\d{3}[ ]?\d{3}[ ]?\d{2}[ ]?\d{2}|1[1-9]\d)(?![\d/]))"
)
_PRESSED = re.compile(f"{_ADDRESS}|{_NUMBER}")


def linked(line: str) -> Markup:
    """Return a line with its phone numbers and web addresses as links."""
    parts, end = [], 0
    for found in _PRESSED.finditer(line):
        parts.append(escape(line[end : found.start()]))
        text = found[0]
        if found["address"]:
            parts.append(Markup('<a href="{0}" rel="noopener">{0}</a>').format(text))
        else:
            digits = re.sub(r"\D", "", text)
            parts.append(Markup('<a href="tel:{}">{}</a>').format(digits, text))
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])

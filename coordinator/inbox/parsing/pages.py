"""The text of HTML that strangers wrote, in time that grows with its length and not faster.

Each step begins where the last one ended, and what was once looked for in vain up to the end of
the page is not looked for again.
"""

import re
from collections.abc import Iterator
from html import unescape

BLOCKS = {"address", "blockquote", "br", "div", "h1", "h2", "h3", "hr", "li", "p", "table", "tr"}
SILENT = {"script", "style", "title"}
"""What stands in them is no text that anybody reads, whatever it looks like."""
MOST_QUOTES = 5
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_STOP = re.compile(r">|=\s*[\"']")
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in SILENT}
_BLANK = re.compile(r"\s+")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}")
"""A character's number that no character has; the digits alone could take for ever to read."""


def from_html(page: str) -> str:
    """Return the text of a page; what stands in a quotation begins with ">"."""
    lines = _Lines()
    for kind, value in _pieces(page):
        if kind == "text":
            lines.add(value)
        elif kind == "begin":
            lines.begin(value)
        else:
            lines.end(value)
    return lines.text()


def _pieces(page: str) -> Iterator[tuple[str, str]]:
    """Yield text, and the names of tags that begin and end, as they stand in the page."""
    finder, at = _Finder(page), 0
    while at < len(page):
        opens = page.find("<", at)
        if opens < 0:
            opens = len(page)
        if opens > at:
            yield "text", page[at:opens]
        name = _NAME.match(page, opens)
        if name is None:
            at = finder.after_other(opens)
            if at == opens + 1:
                yield "text", "<"
            continue
        tag, at = name[2].lower(), finder.after_tag(name.end())
        yield "end" if name[1] else "begin", tag
        if tag in SILENT and not name[1]:
            found = _ENDS[tag].search(page, at)
            at = found.start() if found else len(page)


class _Finder:
    """Finds where things end; what is nowhere in the rest of the page is asked for once."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.absent: set[str] = set()

    def after(self, sign: str, at: int) -> int:
        """Return the place behind the sign; -1 where it does not come any more."""
        found = -1 if sign in self.absent else self.page.find(sign, at)
        if found < 0:
            self.absent.add(sign)
            return -1
        return found + len(sign)

    def after_tag(self, at: int) -> int:
        """Return where the tag ends; a ">" within a quoted value does not end it."""
        while found := _STOP.search(self.page, at):
            at = found.end()
            if found[0] == ">":
                return at
            at = max(at, self.after(found[0][-1], at))
        return len(self.page)

    def after_other(self, at: int) -> int:
        """Return where a comment or declaration ends; a "<" that begins nothing is text."""
        if self.page.startswith("<!--", at):
            found = self.after("-->", at + 4)
        elif self.page.startswith(("<!", "<?", "</"), at):
            found = self.after(">", at)
        else:
            return at + 1
        return found if found > 0 else len(self.page)


class _Lines:
    """Collects lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.quotes = 0
        self.is_head = False

    def add(self, text: str) -> None:
        if not self.is_head:
            self.pieces.append(text)

    def begin(self, tag: str) -> None:
        if tag in ("head", "body"):
            self.is_head = tag == "head"
        if tag in BLOCKS:
            self._break()
        if tag == "blockquote":
            self.quotes += 1

    def end(self, tag: str) -> None:
        if tag == "head":
            self.is_head = False
        if tag in BLOCKS:
            self._break()
        if tag == "p":
            self.lines.append("")
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)

    def text(self) -> str:
        self._break()
        return "\n".join(self.lines)

    def _break(self) -> None:
        raw, self.pieces = "".join(self.pieces), []
        line = _BLANK.sub(" ", unescape(_LONG_NUMBER.sub("", raw))).strip()
        if line:
            self.lines.append("> " * min(self.quotes, MOST_QUOTES) + line)

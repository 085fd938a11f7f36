"""The text of a message, whatever it is written in."""

import re
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser

from coordinator.inbox.parsing.texts import clean, decoded

LONGEST = 200_000
LONGEST_HTML = 500_000
MOST_PARTS = 200
BLOCKS = {"address", "blockquote", "br", "div", "h1", "h2", "h3", "hr", "li", "p", "table", "tr"}
SILENT = {"head", "script", "style", "title"}
_GAPS = re.compile(r"\n{3,}")
_SOFT = re.compile(r"(?<!\n--) \n(?![>\n])")


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something themselves; a message inside is one part."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(inside(part)))
        else:
            yield part


def inside(part: Message) -> list[Message]:
    """Return the messages that a part consists of; none where it is a text."""
    payload = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, Message)]


def content(part: Message) -> str:
    """Return a part's text, decoded."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_param("charset")
    return decoded(data, charset if isinstance(charset, str) else None)


def written(message: Message) -> str:
    """Return what was written: the plain text, or what a browser would show of the HTML."""
    parts = [part for part in leaves(message) if not _is_attached(part)]
    plain = [_plain(part) for part in parts if part.get_content_type() == "text/plain"]
    text = "\n\n".join(one.strip("\n") for one in plain if one.strip())
    if not text:
        pages = (content(part) for part in parts if part.get_content_type() == "text/html")
        text = "\n\n".join(from_html(page) for page in pages)
    rows = (row.rstrip() for row in clean(text[:LONGEST]).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(rows)).strip("\n")


def from_html(page: str) -> str:
    """Return the text of a page; what stands in a quotation begins with ">"."""
    reader = _Reader()
    reader.feed(page[:LONGEST_HTML])
    reader.close()
    return reader.text()


def _plain(part: Message) -> str:
    text = clean(content(part))
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    joint = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    return _SOFT.sub(joint, text) if flowed else text


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


class _Reader(HTMLParser):
    """Collects lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.quotes = self.silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silence += 1
        if tag in BLOCKS:
            self._end()
        if tag == "blockquote":
            self.quotes += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silence = max(0, self.silence - 1)
        if tag in BLOCKS:
            self._end()
        if tag == "p":
            self.lines.append("")
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self.silence:
            self.line += re.sub(r"\s+", " ", data)

    def text(self) -> str:
        self._end()
        return "\n".join(self.lines)

    def _end(self) -> None:
        if self.line.strip():
            self.lines.append("> " * min(self.quotes, 5) + self.line.strip())
        self.line = ""

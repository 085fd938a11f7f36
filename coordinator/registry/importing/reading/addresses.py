"""E-mail addresses, phone numbers and web addresses as people write them into one cell."""

import re
from collections.abc import Callable

from coordinator import reachability
from coordinator.registry.importing.reading.cells import Cell
from coordinator.wording import Unkeepable

_AT_SIGNS = re.compile(r"[^\s:;,/|<>()\[\]\"']*@[^\s:;,/|<>()\[\]\"']*")
_BETWEEN = re.compile(r"mailto:|[\s:;,/|<>()\[\]\"']+|\bve\b|\bveya\b")
_PHONES = re.compile(r"\s*(?:[/;,\n|]|\s-\s|\bveya\b|\bve\b)\s*|(?<=\d\d)\s+(?=\(?0[2-5]\d\d)")
_EXTENSION = re.compile(
    r"[\s,;/-]*(?:\(\s*(?:dahili|dah\.?|iç hat|ext\.?)?\s*:?\s*(\d{1,5})\s*\)"
    r"|(?:dahili|dah\.?|iç hat|ext\.?|int\.?)\s*(?:no)?\s*[.:]?\s*(\d{1,5})"
    r"|/\s*(\d{1,5}))\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+(]?\d[\d\s().-]{5,}\d")
_LABEL = re.compile(
    r"^(?:tel(?:efon)?|gsm|cep|faks?|fax|mobil|sabit|iş|ev|ofis|santral|t|m|f)\s*(?:no|tel)?\s*"
    r"[.:]+\s*",
    re.IGNORECASE,
)


def emails(cell: Cell) -> tuple[list[str], list[str]]:
    """Return the e-mail addresses of a cell, and what stands there without being one."""
    text = cell.text
    if not text:
        return [], []
    whole = _kept(reachability.email, text)
    if whole:
        return [whole], []
    tokens = _AT_SIGNS.findall(text)
    good = [kept for token in tokens if (kept := _kept(reachability.email, token.strip(".:")))]
    bad = [token for token in tokens if not _kept(reachability.email, token.strip(".:"))]
    rest = _BETWEEN.sub(" ", _AT_SIGNS.sub(" ", text)).strip(" -.:")
    if not good:
        return [], [text]
    if rest:
        bad.append(rest)
    return list(dict.fromkeys(good)), bad


def phones(cell: Cell) -> tuple[list[str], list[str]]:
    """Return the phone numbers of a cell, and what stands there without being one."""
    text = cell.digits
    lines = [" ".join(line.split()) for line in cell.written.split("\n") if line.strip()]
    if not text:
        return [], []
    whole = phone(text)
    if whole and len(lines) < 2:
        return [whole], []
    good: list[str] = []
    bad: list[str] = []
    for part in filter(None, _parts("\n".join(lines) if len(lines) > 1 else text)):
        kept = phone(part)
        if kept:
            good.append(kept)
            continue
        beside = [one for one in _NUMBER.findall(part) if phone(one)]
        good += [str(phone(one)) for one in beside]
        rest = _BETWEEN.sub(" ", _NUMBER.sub(" ", part)).strip(" -.:") if beside else part
        bad += [rest] if rest else []
    return (list(dict.fromkeys(good)), bad) if good else ([], [text])


def phone(text: str) -> str | None:
    """Return a phone as it is kept, its extension in any of the ways in which people add it."""
    text = _LABEL.sub("", text)
    found = _EXTENSION.search(text)
    if found and _next_line(text, found[3]):
        return None
    if found:
        bare = text[: found.start()]
        extension = next(filter(None, found.groups()))
        if len(re.sub(r"\D", "", bare)) >= 7 and (kept := _kept(reachability.phone, bare)):
            return f"{kept};ext={extension}"
    return _kept(reachability.phone, text)


def _next_line(text: str, last: str | None) -> bool:
    """Is 421 75 90/91 meant, two lines that follow each other?"""
    before = re.sub(r"\D", "", text)[: -len(last)] if last else ""
    return bool(last and len(last) == 2 and before[-2:].isdigit() and (
        int(last) == int(before[-2:]) + 1))  # fmt: skip


def _parts(text: str) -> list[str]:
    """Return the numbers of a cell; a stroke before one to five digits begins an extension."""
    parts: list[str] = []
    for part in _PHONES.split(text):
        if parts and _next_line(f"{parts[-1]}/{part}", part if part.isdigit() else None):
            parts.append(parts[-1].rstrip()[:-2] + part)
        elif parts and re.fullmatch(r"\d{1,5}", part) and phone(f"{parts[-1]} dahili {part}"):
            parts[-1] = f"{parts[-1]} dahili {part}"
        elif parts and re.match(r"(?:dahili|dah\b|iç hat|ext\b)", part, re.IGNORECASE):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def website(cell: Cell) -> str | None:
    """Return the web address of a cell; None if what stands there is none."""
    return _kept(reachability.website, cell.text) if cell.text else ""


def _kept(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text) or None
    except Unkeepable:
        return None

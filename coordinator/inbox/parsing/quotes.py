"""What somebody wrote, apart from the letter that their program quoted below it."""

import re

HEADS = ("from:", "kimden:", "gönderen:", "de:", "von:")
SECOND = (
    "sent:",
    "date:",
    "gönderildi:",
    "gönderme tarihi:",
    "tarih:",
    "gönderilen:",
    "to:",
    "kime:",
)
_RULE = re.compile(
    r"-{2,}\s*(original (message|appointment)|özgün (ileti|randevu)|orijinal (ileti|mesaj))"
    r"\s*-{2,}",
    re.IGNORECASE,
)
_LINE = re.compile(r"_{10,}|-{10,}")
_DIGIT = re.compile(r"\d")
_WROTE_LAST = re.compile(r"yazdı ?(\([^()]{0,80}\))?:$")


def apart(text: str) -> tuple[str, str]:
    """Return what was written and what was quoted; all is written where nothing else is left."""
    lines = text.split("\n")
    cut = next((at for at in range(len(lines)) if _begins_quote(lines, at)), len(lines))
    kept = _without_tail(lines[: _start(lines, cut)])
    if not any(line.strip() for line in kept):
        return text.strip(), ""
    return "\n".join(kept).strip(), "\n".join(lines[len(kept) :]).strip()


def _begins_quote(lines: list[str], at: int) -> bool:
    """Does the quoted letter begin at this line, or does its introduction end here?"""
    line = _bare(lines[at])
    if _RULE.fullmatch(line) or _is_head(lines, at):
        return True
    if _LINE.fullmatch(line):
        return any(_is_head(lines, below) for below in range(at + 1, min(at + 3, len(lines))))
    return _length_of_introduction(lines, at) > 0


def _start(lines: list[str], cut: int) -> int:
    """Return where the introduction begins, which may run over three lines."""
    return cut - max(0, _length_of_introduction(lines, cut) - 1) if cut < len(lines) else cut


def _length_of_introduction(lines: list[str], at: int) -> int:
    """Return of how many lines "On … wrote:" that ends here consists; 0 if it is none."""
    if not lines[at].rstrip().endswith(":"):
        return 0
    for count in range(1, min(3, at + 1) + 1):
        above = [_bare(line) for line in lines[at - count + 1 : at + 1]]
        if not above[0]:
            return 0
        if _introduces(" ".join(above)[:600]):
            return count
    return 0


def _introduces(text: str) -> bool:
    if text.endswith("wrote:"):
        return text.startswith("On ") and bool(_DIGIT.search(text))
    dated = "tarihinde" in text or "@" in text or "(" in text
    return bool(_WROTE_LAST.search(text)) and dated and bool(_DIGIT.search(text))


def _is_head(lines: list[str], at: int) -> bool:
    """Do headers of the quoted letter begin here, as Outlook writes them?"""
    if not _bare(lines[at]).lower().startswith(HEADS):
        return False
    below = (_bare(line).lower() for line in lines[at + 1 : at + 3])
    return any(line.startswith(SECOND) for line in below)


def _bare(line: str) -> str:
    return line[:600].strip().replace("*", "").replace("İ", "i")


def _without_tail(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return lines[:end]

"""Delivery reports written for people only: qmail, older Exim, and servers like them."""

import re
from email.message import Message

from coordinator.inbox.arrival import Fate, Fault, Report
from coordinator.inbox.parsing.automatic import is_from_server, is_machine
from coordinator.inbox.parsing.bodies import written
from coordinator.inbox.parsing.people import addresses_in, ids_in
from coordinator.inbox.parsing.reports import ENHANCED, LONGEST_WORDS, MOST_FAULTS, returned_ids
from coordinator.inbox.parsing.texts import headers, line

FAILURES = (
    "could not be delivered",
    "couldn't be delivered",
    "able to deliver",
    "unable to deliver",
    "undeliver",
    "delivery failed",
    "delivery failure",
    "delivery has failed",
    "failure notice",
    "permanent error",
    "permanent failure",
    "did not reach",
    "returned mail",
    "returned to sender",
    "teslim edilem",
    "iletilemedi",
    "gönderilemedi",
)
DELAYS = (
    "delayed",
    "not yet been delivered",
    "warning message only",
    "still trying",
    "keep trying",
    "will be retried",
    "will continue",
    "no action is required",
    "gecik",
)
ENDS = ("giving up", "permanent", "retry timeout exceeded", "gave up")
COPY = re.compile(
    r"^(-+ ?(below this line is|this is) a copy|-{3}[^\n]{0,200}(original|returned) message|"
    r"-+ ?(unsent|undelivered) message|received: |return-path: )",
    re.IGNORECASE | re.MULTILINE,
)
SMTP_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ -])")
REASON = re.compile(r"\(reason: (.*?)\)(?= \(|$)")
TALK = ("<<<", ">>>")
"""What was heard and said in a session, in a transcript that speaks of every address."""
MESSAGE_ID = re.compile(r"^[> ]{0,10}message-id:(.{3,1000})$", re.IGNORECASE | re.MULTILINE)


def informal(message: Message, subject: str, sender: str) -> Report | None:
    """Return the report that stands in the text of a mail server's message, if it is one."""
    named = [
        one
        for value in headers(message, "X-Failed-Recipients")[:MOST_FAULTS]
        for one in addresses_in(value)
    ]
    machine = is_from_server(message, sender)
    if not named and not machine:
        return None
    text = written(message)
    copy = COPY.search(text)
    head = text[: copy.start() if copy else len(text)][:20_000]
    fate = _fate(f"{subject}\n{head}", said=bool(named))
    if fate is None or not (named or is_machine(sender) or _fate(subject) is not None):
        return None
    failed = list(dict.fromkeys(named or _failed(head, sender)))[:MOST_FAULTS]
    faults = [_fault(one, head, fate) for one in failed]
    ids = [one for found in MESSAGE_ID.finditer(text) for one in ids_in(found[1])]
    return Report(
        tuple(faults) or (_fault("", head, fate),),
        tuple(dict.fromkeys([*returned_ids(message), *ids])),
    )


def _fate(text: str, *, said: bool = False) -> Fate | None:
    small = " ".join(text.lower().split())
    failed = any(one in small for one in FAILURES)
    if any(one in small for one in DELAYS) and not any(one in small for one in ENDS):
        return Fate.DELAYED
    return Fate.FAILED if failed or said else None


def _failed(head: str, sender: str) -> list[str]:
    """Return the addresses that the text names on lines of their own, else all it names."""
    own = [addresses_in(row)[0] for row in map(str.strip, head.split("\n")) if _is_address(row)]
    return [one for one in own or addresses_in(head) if one.lower() != sender.lower()]


def _fault(address: str, head: str, fate: Fate) -> Fault:
    rows = _told(address, head)
    if not any(map(_status, rows)) or any(row.startswith(TALK) for row in rows):
        rows = _in_transcript(address, head) or rows
    start = next((at for at, row in enumerate(rows) if SMTP_CODE.search(row)), 0)
    words = line(REASON.sub(r"\1", " ".join(rows[start:])), LONGEST_WORDS)
    return Fault(fate, line(address, 254), status=_status(words), words=words)


def _status(text: str) -> str:
    """Return the code of a failure or delay: the enhanced one, else what SMTP's own amounts to."""
    code, simple = ENHANCED.search(text), SMTP_CODE.search(text)
    if code and code[1] != "2":
        return code[0]
    return f"{simple[1]}.0.0" if simple else ""


def _told(address: str, head: str) -> list[str]:
    """Return the rows about the address: the rest of its paragraph, or the paragraph after it.

    A row that is nothing but the address says nothing, and another's address ends what is said.
    """
    rows = [row.strip() for row in head.split("\n")]
    naming = [at for at, row in enumerate(rows) if address and address.lower() in row.lower()]
    if not naming:
        return _paragraph(rows, _place_of_code(rows))
    own = next((at for at in naming if _is_address(rows[at])), None)
    if own is None:
        return _paragraph(rows, naming[0])
    return _paragraph(rows, own + 1) or _paragraph(rows, _after_gap(rows, own + 1))


def _in_transcript(address: str, head: str) -> list[str]:
    """Return the first row with a code that speaks of the address, else of no address at all."""
    coded = [row.strip().removeprefix(TALK[0]).strip() for row in head.split("\n") if _status(row)]
    own = [row for row in coded if address.lower() in row.lower()]
    return (own or [row for row in coded if not addresses_in(row)])[:1]


def _paragraph(rows: list[str], start: int) -> list[str]:
    """Return the rows from there to a gap, or to an address on a row of its own."""
    ends = (at for at in range(start, len(rows)) if not rows[at] or _is_address(rows[at]))
    return rows[start : next(ends, len(rows))]


def _after_gap(rows: list[str], start: int) -> int:
    return next((at for at in range(start, len(rows)) if rows[at]), len(rows))


def _place_of_code(rows: list[str]) -> int:
    return next((at for at, row in enumerate(rows) if _status(row)), 0)


def _is_address(row: str) -> bool:
    return " " not in row and bool(addresses_in(row))

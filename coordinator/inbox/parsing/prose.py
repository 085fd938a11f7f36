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
    lines = [addresses_in(row) for row in head.split("\n") if len(row.split()) == 1]
    own = [found[0] for found in lines if found]
    return [one for one in own or addresses_in(head) if one.lower() != sender.lower()]


def _fault(address: str, head: str, fate: Fate) -> Fault:
    words = _words(address, head)
    code, simple = ENHANCED.search(words), SMTP_CODE.search(words)
    status = code[0] if code else f"{simple[1]}.0.0" if simple else ""
    if fate is Fate.FAILED and status.startswith("2."):
        status = ""
    return Fault(fate, line(address, 254), status=status, words=line(words, LONGEST_WORDS))


def _words(address: str, head: str) -> str:
    """Return what is said of the address: the rest of its paragraph, or the one after it."""
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", head)]
    for at, block in enumerate(blocks):
        if not address or address.lower() not in block.lower():
            continue
        rest = [row for row in block.split("\n") if addresses_in(row)[:1] != [address]]
        alone = len(block.split()) == 1
        if rest and not alone:
            return " ".join(rest)
        if at + 1 < len(blocks):
            return blocks[at + 1]
    coded = (one for one in blocks if ENHANCED.search(one) or SMTP_CODE.search(one))
    return next(coded, blocks[0])

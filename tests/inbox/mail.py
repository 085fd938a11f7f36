"""Messages for the tests of arriving mail: real ones, filled in for a letter of ours."""

from pathlib import Path

from coordinator.extensions import db
from coordinator.outbox import addresses
from coordinator.outbox.models import LetterState, OutboxLetter
from tests.outbox.letters import queued

SAMPLES = Path(__file__).parent / "samples"
REPLY_ADDRESS, BOUNCE_ADDRESS = "yanit+{}@belediye.example", "iade+{}@belediye.example"
SETTINGS = {"REPLY_ADDRESS": REPLY_ADDRESS, "BOUNCE_ADDRESS": BOUNCE_ADDRESS}


def sent(number: int = 1) -> OutboxLetter:
    """Return a letter that a mail server took, committed."""
    letter = queued(number, is_answered_by_mail=True)
    letter.state, letter.next_try_at = LetterState.SENT, None
    db.session.commit()
    return letter


def sample(name: str, letter: OutboxLetter | None = None, **values: str) -> bytes:
    """Return the message of that name as bytes, about the letter, with CRLF lines."""
    known = {"to": "", "reply": "", "bounce": "", "message_id": ""}
    if letter is not None:
        known = {
            "to": letter.to_address,
            "reply": addresses.reply_address(letter.public_id) or "",
            "bounce": addresses.bounce_address(letter.public_id) or "",
            "message_id": letter.message_id,
        }
    text = (SAMPLES / f"{name}.eml").read_text(encoding="utf-8")
    for key, value in {**known, **values}.items():
        text = text.replace("{" + key + "}", value)
    return text.replace("{{", "{").replace("}}", "}").replace("\n", "\r\n").encode()

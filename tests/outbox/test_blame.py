"""Only what says that an address is bad puts it on hold."""

import pytest

from coordinator.outbox.blame import blames_the_address


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", ""),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
        ("5.2.1", "mailbox disabled"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied"),
        ("5.4.4", "Host or domain name not found. Name service error for name=k.example"),
        ("5.0.0", "550 No such user here"),
        ("5.0.0", "550 Requested action not taken: mailbox unavailable"),
        ("", "554 delivery error: This user doesn't have a yahoo.com account"),
        ("", "Alıcının e-posta adresi bulunamadı"),
        ("", "551 not ours"),
    ],
)
def test_the_address_is_to_blame(status: str, words: str) -> None:
    assert blames_the_address(status, words)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("", ""),
        ("5.0.0", "554 transaction failed"),
        ("4.2.2", "452 4.2.2 no such user"),
        ("5.2.2", "552 5.2.2 mailbox over quota"),
        ("5.0.0", "552 mailbox unavailable"),
        ("5.1.8", "550 5.1.8 Access denied, bad outbound sender"),
        ("5.7.1", "550 5.7.1 Access denied"),
        ("5.7.1", "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked"),
        ("5.0.0", "550 Sender address rejected: Domain not found"),
        ("5.0.0", "550 Administrative prohibition"),
        ("5.4.6", "Sorry, this message is looping"),
        ("5.3.0", "550 5.3.0 could not open the delivery file"),
    ],
)
def test_the_address_is_not_to_blame(status: str, words: str) -> None:
    assert not blames_the_address(status, words)

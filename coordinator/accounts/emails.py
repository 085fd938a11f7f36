"""The letters about accounts."""

from typing import Any

from coordinator import clock
from coordinator.accounts.models import User
from coordinator.letter_texts import queries as letter_texts
from coordinator.letter_texts.words import Wording
from coordinator.letters import Letter, render
from coordinator.links import LinkBook, PersonalLink, absolute
from coordinator.wording import defused, one_line

SIGN_IN, PASSWORD = "sign_in", "password"
WELCOME = "account_welcome"
"""The one letter about accounts whose words staff may change: it lets nobody in."""


def sign_in_link(user: User, link: PersonalLink, *, back: str | None = None) -> Letter:
    """The letter that lets a representative in."""
    book = LinkBook()
    more = {"next": back} if back else {}
    url = book.url("accounts.use_link", link, **more)
    return _letter("sign_in", user, book, url=url)


def choose_password(user: User, link: PersonalLink, *, welcome: bool) -> Letter:
    """The letter with which staff choose a password, for the first time or anew."""
    book = LinkBook()
    url = book.url("accounts.choose_password", link)
    return _letter("choose_password", user, book, url=url, welcome=welcome, until=link.expires_at)


def password_changed(user: User) -> Letter:
    """The notice that the password is a new one, for an owner who did not change it."""
    book = LinkBook()
    url = absolute("accounts.ask_password_link")
    return _letter("password_changed", user, book, url=url, moment=clock.now())


def welcome(user: User, wording: Wording | None = None) -> Letter:
    """The letter that tells a representative of the account and how to sign in.

    `wording` is for trying other words than those that staff gave it.
    """
    wording = wording or letter_texts.in_use(WELCOME)
    words = wording(_language(user)).filled({"ad": defused(one_line(user.full_name))})
    return _letter("welcome", user, LinkBook(), url=absolute("accounts.ask_link"), words=words)


def _letter(name: str, user: User, book: LinkBook, **context: Any) -> Letter:
    language = _language(user)
    subject, text, html = render(
        f"accounts/email/{name}", language=language, book=book, user=user, **context
    )
    return Letter(
        kind=f"account_{name}",
        to_name=user.full_name,
        to_address=user.email,
        language=language,
        subject=subject,
        text=text,
        html=html,
        links=book.links,
    )


def _language(user: User) -> str:
    return user.language or "tr"

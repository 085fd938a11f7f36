"""The one kind of letters about accounts whose words staff may change, and a sample of it.

Letters that let somebody in, and the notice of a changed password, keep the words as shipped.
"""

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coordinator.accounts import emails
from coordinator.accounts.models import User
from coordinator.letter_texts import kinds
from coordinator.letter_texts.kinds import NAME, Feature, Kind
from coordinator.letter_texts.words import Words, usual
from coordinator.letters import Letter


def init_app(app: Flask) -> None:
    kinds.add(
        app,
        Kind(
            feature=Feature(50, _l("Accounts")),
            order=0,
            code=emails.WELCOME,
            label=_l("Account of a representative"),
            when=_l("when you open an account for a representative"),
            placeholders=(NAME,),
            make=_welcome,
            sample=sample,
        ),
    )


def _welcome() -> Words:
    return usual(
        _("Your Paydaş account is ready"),
        _("In Paydaş you see your organisation’s meetings, proposals and activities. You need no"
          " password: write this address and we send you a link."),
    )  # fmt: skip


def sample(words: Words, language: str, _about: str = "") -> Letter:
    """Return the letter with these words, to an invented reader."""
    with force_locale(language):
        name = _("Nermin Su")
    user = User(full_name=name, email="nermin@dernek.example", language=language)
    return emails.welcome(user, lambda _language: words)

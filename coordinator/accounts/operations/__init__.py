"""What is done with accounts: made, changed, signed in to, closed."""

from coordinator.accounts.operations.own import end_other_sessions, end_session, save_own
from coordinator.accounts.operations.passwords import (
    ask_for_password_link,
    change_password,
    choose_password,
    password_link_of,
    send_password_link,
)
from coordinator.accounts.operations.people import (
    EmailTaken,
    LastAdministrator,
    close_account,
    create_account,
    edit_account,
    reopen_account,
)
from coordinator.accounts.operations.signing_in import (
    LinkUsedUp,
    WrongPassword,
    ask_for_sign_in_link,
    sign_in_link_of,
    sign_in_with_link,
    sign_in_with_password,
    sign_out,
)

__all__ = [
    "EmailTaken",
    "LastAdministrator",
    "LinkUsedUp",
    "WrongPassword",
    "ask_for_password_link",
    "ask_for_sign_in_link",
    "change_password",
    "choose_password",
    "close_account",
    "create_account",
    "edit_account",
    "end_other_sessions",
    "end_session",
    "password_link_of",
    "reopen_account",
    "save_own",
    "send_password_link",
    "sign_in_link_of",
    "sign_in_with_link",
    "sign_in_with_password",
    "sign_out",
]

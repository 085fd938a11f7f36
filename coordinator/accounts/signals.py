"""What accounts tell the floors above."""

from blinker import Namespace

signals = Namespace()

unknown_address = signals.signal("unknown-address")
"""Somebody without an account asked for a sign-in link: `send(app, email=address)`.

A receiver that knows the address answers with the account it made for it, else with None.
"""

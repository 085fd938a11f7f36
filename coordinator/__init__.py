"""Paydaş: where a municipality's women's branch and the NGOs around it work together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from coordinator import (
    access,
    accounts,
    activities,
    administration,
    assets,
    bookings,
    coverage,
    dashboard,
    database,
    days,
    demo,
    desk,
    documents,
    duplicates,
    errors,
    forms,
    headers,
    health,
    history,
    i18n,
    icons,
    inbox,
    institution,
    invitations,
    jobs,
    letter_texts,
    lists,
    mailbox,
    marks,
    meetings,
    migrating,
    navigation,
    optouts,
    outbox,
    preferences,
    proposals,
    registry,
    reminders,
    replies,
    reports,
    verification,
)
from coordinator.extensions import bootstrap, csrf
from coordinator.extensions import db as db

DEFAULTS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
    "MAX_FORM_PARTS": 5000,
    "BOOTSTRAP_SERVE_LOCAL": True,
    "WTF_CSRF_TIME_LIMIT": None,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
}

STEPS = (
    database,
    migrating,
    access,
    i18n,
    headers,
    errors,
    forms,
    assets,
    icons,
    marks,
    navigation,
    preferences,
    jobs,
    outbox,
    documents,
    inbox,
    letter_texts,
    institution,
    optouts,
    accounts,
    registry,
    history,
    lists,
    duplicates,
    coverage,
    verification,
    days,
    meetings,
    invitations,
    bookings,
    replies,
    desk,
    reminders,
    proposals,
    activities,
    reports,
    dashboard,
    administration,
    demo,
    mailbox,
    health,
)


def create_app(settings: Mapping[str, Any]) -> Flask:
    """Return the application for settings as `config.from_environment` gives them."""
    app = Flask(__name__, instance_path=settings["INSTANCE_PATH"])
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(address_settings(settings["BASE_URL"]))
    app.config.from_mapping(settings)
    app.config.setdefault(
        "SQLALCHEMY_ENGINE_OPTIONS", database.engine_options(settings["SQLALCHEMY_DATABASE_URI"])
    )
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    csrf.init_app(app)
    bootstrap.init_app(app)
    for step in STEPS:
        step.init_app(app)
    return app


def address_settings(base_url: str) -> dict[str, Any]:
    """Return what follows from the address: names it may be called by, how cookies travel."""
    address = urlsplit(base_url)
    secure = address.scheme == "https"
    names = {str(address.hostname), "127.0.0.1", "localhost"}
    return {
        "TRUSTED_HOSTS": sorted(names),
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_NAME": "__Host-paydas" if secure else "paydas",
        "PREFERRED_URL_SCHEME": address.scheme,
    }

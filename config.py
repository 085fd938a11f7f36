"""Settings from the environment, checked once at start.

Development needs none of them. What is half set, or still holds an example value, is refused
with every fault listed at once, so that nobody finds them one restart at a time.
"""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).parent
EXAMPLE_WORDS = ("change", "degistir", "değiştir", "example", "secret", "xxx")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LEAST_DIFFERENT = 8
EVERYWHERE = ("0.0.0.0", "::", "*")  # noqa: S104
PLACE = re.compile(r"\{[a-z_]*\}|%s|\*")
INBOX_SCHEMES = ("imap", "imaps", "maildir", "mbox")


class SettingsError(SystemExit):
    """Raised when settings contradict each other; the text lists every fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Paydaş cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


class Reader:
    """Reads typed settings and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, least: int = 0, most: int | None = None) -> int:
        value = self.text(name, str(default))
        whole = value.isascii() and value.isdigit()
        if not whole or int(value) < least or (most is not None and int(value) > most):
            bounds = f"{least} or more" if most is None else f"from {least} to {most}"
            self.faults.append(f"{name} must be a whole number, {bounds}, not {value!r}")
            return default
        return int(value)

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
            self.faults.append(f"{name} must be 1 or 0, not {value!r}")
        return value in {"1", "true", "yes", "on"}


def from_environment(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the settings as Flask wants them.

    Raises SettingsError (which ends the process with status 1) listing every fault.
    """
    read = Reader(os.environ if environ is None else environ)
    instance = Path(read.text("INSTANCE_PATH", str(PROJECT / "instance"))).resolve()
    host, port = read.text("HOST", "127.0.0.1"), read.number("PORT", 5000, least=1)
    base_url = read.text("BASE_URL", f"http://{'127.0.0.1' if host in LOOPBACK else host}:{port}")
    settings: dict[str, Any] = {
        "INSTANCE_PATH": str(instance),
        "HOST": host,
        "PORT": port,
        "BASE_URL": base_url.rstrip("/"),
        "PROXIES": read.number("PROXIES", 0),
        "SQLALCHEMY_DATABASE_URI": database_url(read.text("DATABASE_URL"), instance),
        "JOBS_URL": database_url(read.text("JOBS_URL")),
        "OUTBOX_RETRY_SECONDS": read.number("OUTBOX_RETRY_SECONDS", 60, least=1),
        "OUTBOX_LEASE_SECONDS": read.number("OUTBOX_LEASE_SECONDS", 300, least=1),
        "OUTBOX_PER_MINUTE": read.number("OUTBOX_PER_MINUTE", 0),
        "OUTBOX_CONNECTIONS": read.number("OUTBOX_CONNECTIONS", 1, least=1, most=16),
        "SESSION_IDLE_MINUTES": read.number("SESSION_IDLE_MINUTES", 120, least=1),
        "SESSION_HOURS": read.number("SESSION_HOURS", 12, least=1),
        **mail_settings(read),
        **inbox_settings(read),
    }
    check_addresses(read, settings)
    settings["SECRET_KEY"] = secret_key(read, settings)
    if not read.faults:
        make_folder(read, instance)
    if read.faults:
        raise SettingsError(read.faults)
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or kept_key(instance)
    return settings


def database_url(url: str, instance: Path | None = None) -> str:
    """Return the address with the driver that is installed; empty means SQLite in `instance`."""
    if not url:
        return f"sqlite:///{instance / 'paydas.sqlite'}" if instance else ""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def mail_settings(read: Reader) -> dict[str, Any]:
    """Return the MAIL_* settings; an empty MAIL_SERVER means the local mailbox."""
    server, sender = read.text("MAIL_SERVER"), read.text("MAIL_DEFAULT_SENDER")
    user, password = read.text("MAIL_USERNAME"), read.text("MAIL_PASSWORD")
    tls, ssl = read.switch("MAIL_USE_TLS", False), read.switch("MAIL_USE_SSL", False)
    if server and not sender:
        read.faults.append("MAIL_SERVER is set, so MAIL_DEFAULT_SENDER (an address) must be too")
    if sender and "@" not in sender:
        read.faults.append("MAIL_DEFAULT_SENDER must be an e-mail address")
    if bool(user) != bool(password):
        read.faults.append("MAIL_USERNAME and MAIL_PASSWORD belong together: set both or neither")
    for name in ("MAIL_USERNAME", "MAIL_DEFAULT_SENDER", "MAIL_PORT"):
        if read.text(name) and not server:
            read.faults.append(f"{name} is set but MAIL_SERVER is not")
    if tls and ssl:
        read.faults.append("MAIL_USE_TLS and MAIL_USE_SSL exclude each other")
    return {
        "MAIL_SERVER": server,
        "MAIL_PORT": read.number("MAIL_PORT", 465 if ssl else 587 if tls else 25, least=1),
        "MAIL_USE_TLS": tls,
        "MAIL_USE_SSL": ssl,
        "MAIL_USERNAME": user or None,
        "MAIL_PASSWORD": password or None,
        "MAIL_DEFAULT_SENDER": sender or "paydas@localhost.localdomain",
        "MAIL_TIMEOUT": read.number("MAIL_TIMEOUT", 20, least=1),
        "LOCAL_MAILBOX": not server,
    }


def inbox_settings(read: Reader) -> dict[str, Any]:
    """Return where answers and bounces arrive; all empty means that none are read."""
    settings = {name: read.text(name) for name in ("INBOX_URL", "REPLY_ADDRESS", "BOUNCE_ADDRESS")}
    address = urlsplit(settings["INBOX_URL"])
    if settings["INBOX_URL"] and address.scheme not in INBOX_SCHEMES:
        read.faults.append("INBOX_URL must begin with imaps://, imap://, maildir:/// or mbox:///")
    for name in ("REPLY_ADDRESS", "BOUNCE_ADDRESS"):
        pattern = settings[name]
        if pattern and (len(PLACE.findall(pattern)) != 1 or pattern.count("@") != 1):
            read.faults.append(f"{name} must look like yanit+{{}}@izmir.bel.tr")
        elif pattern and len(PLACE.sub("x" * 38, pattern).rpartition("@")[0]) > 64:
            read.faults.append(f"{name}: what stands before the @ is too long; shorten it")
    return {**settings, "INBOX_KEEP_DAYS": read.number("INBOX_KEEP_DAYS", 90, least=1)}


def check_addresses(read: Reader, settings: Mapping[str, Any]) -> None:
    """Refuse addresses with which links in letters, or signing in, could not work."""
    address = urlsplit(settings["BASE_URL"])
    if address.scheme not in {"http", "https"} or not address.hostname or address.query:
        read.faults.append("BASE_URL must look like https://paydas.izmir.bel.tr")
    elif address.path:
        read.faults.append(
            f"BASE_URL must end with the host, without {address.path}: a name of its own is needed"
        )
    if address.hostname and address.hostname.endswith(("example.org", ".example", "example.com")):
        read.faults.append("BASE_URL still holds the example address")
    if "example" in settings["MAIL_SERVER"]:
        read.faults.append("MAIL_SERVER still holds the example address")
    if settings["MAIL_DEFAULT_SENDER"].endswith(("@example.org", "@example.com")):
        read.faults.append("MAIL_DEFAULT_SENDER still holds the example address")
    if settings["MAIL_PASSWORD"] == "change-this":  # noqa: S105
        read.faults.append("MAIL_PASSWORD still holds the example value")
    uri = settings["SQLALCHEMY_DATABASE_URI"]
    if not uri.startswith(("sqlite:///", "postgresql+psycopg://")):
        read.faults.append("DATABASE_URL must begin with postgresql:// or sqlite:///")
    jobs = settings["JOBS_URL"]
    if jobs and not jobs.startswith(("postgresql+psycopg://", "redis://", "rediss://")):
        read.faults.append("JOBS_URL must begin with postgresql:// or redis://")


def secret_key(read: Reader, settings: Mapping[str, Any]) -> str:
    """Return SECRET_KEY; empty where one that is made and kept here will do.

    Whoever serves others (a BASE_URL that is not this machine) must set it.
    """
    key, host = read.text("SECRET_KEY"), settings["HOST"]
    unnamed = host not in LOOPBACK and not read.text("BASE_URL")
    if unnamed and (not key or host in EVERYWHERE):
        read.faults.append(f"HOST={host} lets other machines in: set BASE_URL and SECRET_KEY")
        return ""
    if key:
        weak = len(key) < 32 or len(set(key)) < LEAST_DIFFERENT
        if weak or any(word in key.lower() for word in EXAMPLE_WORDS):
            read.faults.append(
                "SECRET_KEY must be at least 32 random characters; make one with: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return key
    if urlsplit(settings["BASE_URL"]).hostname not in LOOPBACK:
        read.faults.append("SECRET_KEY must be set when BASE_URL is not this machine's own address")
    return ""


def make_folder(read: Reader, instance: Path) -> None:
    """Make the folder for files, or say why it cannot be used."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        read.faults.append(f"INSTANCE_PATH: {instance} cannot be made: {error.strerror}")
        return
    if not os.access(instance, os.W_OK | os.X_OK):
        read.faults.append(f"INSTANCE_PATH: {instance} cannot be written to")


def kept_key(instance: Path) -> str:
    """Return the key of a copy on this machine, which is made once."""
    kept = instance / "secret_key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
    return made

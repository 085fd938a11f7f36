"""Settings: none is needed for development; half-set and example values are refused."""

from pathlib import Path

import pytest

import config

KEY = "k3Yz-0pQ7vN1xW9sB5tR2mL8cJ4hF6dG0aU3eO1iT7"
SERVER = {"MAIL_SERVER": "mail.izmir.bel.tr", "MAIL_DEFAULT_SENDER": "kadin@izmir.bel.tr"}
PUBLIC = {"BASE_URL": "https://paydas.izmir.bel.tr", "SECRET_KEY": KEY}


def read(tmp_path: Path, **environ: str) -> dict[str, object]:
    return config.from_environment({"INSTANCE_PATH": str(tmp_path), **environ})


def test_development_needs_no_settings(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings["BASE_URL"] == "http://127.0.0.1:5000"
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/paydas.sqlite"
    assert settings["LOCAL_MAILBOX"] is True
    assert settings["JOBS_URL"] == ""
    assert (settings["OUTBOX_RETRY_SECONDS"], settings["OUTBOX_LEASE_SECONDS"]) == (60, 300)
    assert (settings["OUTBOX_PER_MINUTE"], settings["PROXIES"]) == (0, 0)


def test_the_key_made_for_this_machine_is_kept_and_private(tmp_path: Path) -> None:
    first, second = read(tmp_path)["SECRET_KEY"], read(tmp_path)["SECRET_KEY"]
    assert first == second
    assert len(str(first)) >= 48
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_whole_set_is_taken(tmp_path: Path) -> None:
    settings = read(
        tmp_path, **PUBLIC, **SERVER, MAIL_USE_TLS="1", MAIL_USERNAME="u", MAIL_PASSWORD="p",
        DATABASE_URL="postgres://u@db/paydas", JOBS_URL="redis://r/0", OUTBOX_PER_MINUTE="100",
    )  # fmt: skip
    assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u@db/paydas"
    assert settings["MAIL_PORT"] == 587
    assert settings["LOCAL_MAILBOX"] is False
    assert settings["OUTBOX_PER_MINUTE"] == 100


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"MAIL_SERVER": "mail.izmir.bel.tr"}, "MAIL_DEFAULT_SENDER"),
        ({**SERVER, "MAIL_USERNAME": "u"}, "MAIL_PASSWORD"),
        ({**SERVER, "MAIL_PASSWORD": "p"}, "MAIL_USERNAME"),
        ({"MAIL_USERNAME": "u", "MAIL_PASSWORD": "p"}, "MAIL_SERVER"),
        ({**SERVER, "MAIL_USE_TLS": "1", "MAIL_USE_SSL": "1"}, "exclude"),
        ({**SERVER, "MAIL_SERVER": "mail.example.org"}, "MAIL_SERVER"),
        ({**SERVER, "MAIL_DEFAULT_SENDER": "nobody"}, "MAIL_DEFAULT_SENDER"),
        ({**SERVER, "MAIL_DEFAULT_SENDER": "a@example.org"}, "MAIL_DEFAULT_SENDER"),
        ({**SERVER, "MAIL_USERNAME": "u", "MAIL_PASSWORD": "change-this"}, "MAIL_PASSWORD"),
        ({**SERVER, "MAIL_PORT": "smtp"}, "MAIL_PORT"),
        ({"BASE_URL": "https://paydas.izmir.bel.tr"}, "SECRET_KEY"),
        ({**PUBLIC, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({**PUBLIC, "SECRET_KEY": "change-me-change-me-change-me-change-me"}, "SECRET_KEY"),
        ({**PUBLIC, "BASE_URL": "https://paydas.example.org"}, "BASE_URL"),
        ({**PUBLIC, "BASE_URL": "paydas.izmir.bel.tr"}, "BASE_URL"),
        ({**PUBLIC, "SECRET_KEY": "k7" * 24}, "SECRET_KEY"),
        ({**PUBLIC, "BASE_URL": "https://izmir.bel.tr/paydas"}, "BASE_URL must end with the host"),
        ({"MAIL_PORT": "587"}, "MAIL_PORT is set but MAIL_SERVER is not"),
        ({"MAIL_DEFAULT_SENDER": "a@b.bel.tr"}, "MAIL_DEFAULT_SENDER is set but MAIL_SERVER"),
        ({"HOST": "0.0.0.0"}, "set BASE_URL and SECRET_KEY"),
        ({"HOST": "0.0.0.0", "SECRET_KEY": KEY}, "set BASE_URL and SECRET_KEY"),
        ({"HOST": "10.0.0.5"}, "set BASE_URL and SECRET_KEY"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"JOBS_URL": "amqp://x"}, "JOBS_URL"),
        ({"OUTBOX_RETRY_SECONDS": "0"}, "OUTBOX_RETRY_SECONDS"),
        ({"OUTBOX_LEASE_SECONDS": "-5"}, "OUTBOX_LEASE_SECONDS"),
        ({"OUTBOX_PER_MINUTE": "çok"}, "OUTBOX_PER_MINUTE"),
        ({"OUTBOX_CONNECTIONS": "17"}, "OUTBOX_CONNECTIONS"),
        ({"INBOX_URL": "pop3://h"}, "INBOX_URL"),
        ({"REPLY_ADDRESS": "yanit@b.bel.tr"}, "REPLY_ADDRESS"),
        ({"BOUNCE_ADDRESS": "x" * 40 + "+{}@b.bel.tr"}, "BOUNCE_ADDRESS"),
        ({"PORT": "0"}, "PORT"),
        ({"MAIL_USE_TLS": "maybe"}, "MAIL_USE_TLS"),
    ],
)
def test_half_set_and_example_values_are_refused(
    tmp_path: Path, environ: dict[str, str], named: str
) -> None:
    with pytest.raises(config.SettingsError) as refusal:
        read(tmp_path, **environ)
    assert named in str(refusal.value)
    assert list(tmp_path.iterdir()) == [], "a refused start leaves nothing behind"


def test_a_name_may_end_with_a_slash(tmp_path: Path) -> None:
    settings = read(tmp_path, **{**PUBLIC, "BASE_URL": "https://paydas.izmir.bel.tr/"})
    assert settings["BASE_URL"] == "https://paydas.izmir.bel.tr"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(config.SettingsError) as refusal:
        read(tmp_path, INSTANCE_PATH=str(tmp_path / "file" / "below"))
    assert f"INSTANCE_PATH: {tmp_path}/file/below cannot be made" in str(refusal.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(config.SettingsError) as refusal:
        read(tmp_path, MAIL_SERVER="m.bel.tr", PORT="x", DATABASE_URL="mysql://x", JOBS_URL="x")
    assert len(refusal.value.faults) == 4


def test_the_shipped_example_is_refused_until_it_is_filled_in(tmp_path: Path) -> None:
    lines = (config.PROJECT / "deploy" / "paydas.env").read_text().splitlines()
    pairs = [line.removeprefix("#").strip().partition("=") for line in lines if "=" in line]
    example = {name: value for name, _, value in pairs if name.isupper()}
    with pytest.raises(config.SettingsError) as refusal:
        config.from_environment({**example, "INSTANCE_PATH": str(tmp_path)})
    for name in ("SECRET_KEY", "BASE_URL", "MAIL_SERVER", "MAIL_DEFAULT_SENDER", "MAIL_PASSWORD"):
        assert name in str(refusal.value)
    known = set(example) - {"WEB_CONCURRENCY"}
    source = (config.PROJECT / "config.py").read_text()
    assert all(f'"{name}"' in source for name in known)

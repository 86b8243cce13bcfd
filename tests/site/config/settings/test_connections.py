from pathlib import Path

import pytest

from config.settings.connections import caches, database, email

pytestmark = pytest.mark.unit

MAIL_DIR = Path("/tmp/mail")  # noqa: S108 (a name; nothing is written)
SITE = "https://sign.example:8443"


def test_postgres_connections_come_from_a_pool():
    settings = database("postgres://someone:secret@db.example:5433/site")

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", 5433, "site")
    assert settings["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 10}
    assert settings["CONN_MAX_AGE"] == 0


def test_options_in_a_postgres_address_are_kept():
    options = database("postgres://db.example/site?sslmode=require")["OPTIONS"]

    assert options["sslmode"] == "require"
    assert "pool" in options


def test_sqlite_writes_ahead_and_locks_at_once():
    settings = database("sqlite:////srv/db.sqlite3")

    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == "/srv/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in settings["OPTIONS"]["init_command"]


def test_cache_is_this_process_without_redis():
    assert caches(None)["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"


def test_cache_is_redis_where_given():
    assert caches("redis://cache.example/1")["default"] == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://cache.example/1",
    }


@pytest.mark.parametrize("url", [None, ""])
def test_mails_are_files_without_a_mail_server(url):
    assert email(url, MAIL_DIR, SITE) == {
        "EMAIL_BACKEND": "messaging.gateways.eml_files.EmailBackend",
        "EMAIL_FILE_PATH": str(MAIL_DIR),
        "DEFAULT_FROM_EMAIL": "no-reply@sign.example",
        "SERVER_EMAIL": "no-reply@sign.example",
    }


def test_mails_go_to_the_mail_server_where_given():
    settings = email("submission://user:p%40ss@smtp.example", MAIL_DIR, SITE)

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("smtp.example", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("user", "p@ss")
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["EMAIL_TIMEOUT"] == 20
    assert settings["DEFAULT_FROM_EMAIL"] == "no-reply@sign.example"
    assert settings["SERVER_EMAIL"] == "no-reply@sign.example"


def test_mail_address_may_name_the_sender_and_the_timeout():
    settings = email(
        "smtp://smtp.example:2525/?_default_from_email=hello@yeondae.example&timeout=5",
        MAIL_DIR,
        SITE,
    )

    assert settings["DEFAULT_FROM_EMAIL"] == "hello@yeondae.example"
    assert settings["SERVER_EMAIL"] == "hello@yeondae.example"
    assert settings["EMAIL_TIMEOUT"] == 5

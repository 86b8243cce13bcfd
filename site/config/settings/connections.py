"""Databases, caches and mail from addresses in the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url


def database(url):
    """Settings of one database; SQLite in WAL mode with immediate transactions."""
    if not url.startswith("sqlite"):
        config = dj_database_url.parse(url, conn_max_age=0)
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            "prepare_threshold": 5,  # Only for cursors that bind on the server: signing.
        }
        return config
    return {
        **dj_database_url.parse(url),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # FULL: with NORMAL a power cut may lose the last commits of a write-ahead log, and a
            # signature that was answered must be there afterwards.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def caches(redis_url):
    """Redis where given (several app servers), else this process's memory."""
    if redis_url:
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": redis_url,
            }
        }
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 50_000},  # The throttle counts each visitor.
        }
    }


def email(url, mail_dir: Path, site_url):
    """SMTP where configured, else one .eml file per mail under var/mail.

    Mails come from no-reply@ the site's host unless ``url`` says ``?_default_from_email=``.
    """
    sender = f"no-reply@{urlsplit(site_url).hostname}"
    if not url:
        return {
            "EMAIL_BACKEND": "messaging.gateways.eml_files.EmailBackend",
            "EMAIL_FILE_PATH": str(mail_dir),
            "DEFAULT_FROM_EMAIL": sender,
            "SERVER_EMAIL": sender,
        }
    config = {"DEFAULT_FROM_EMAIL": sender, "EMAIL_TIMEOUT": 20}
    config |= {name: value for name, value in dj_email_url.parse(url).items() if value is not None}
    return {"SERVER_EMAIL": config["DEFAULT_FROM_EMAIL"], **config}

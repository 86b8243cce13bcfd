"""Databases, caches and mail from addresses in the environment."""

from pathlib import Path

import dj_database_url
import dj_email_url


def database(url):
    """Settings of one database; SQLite in WAL mode with immediate transactions."""
    if not url.startswith("sqlite"):
        config = dj_database_url.parse(url, conn_max_age=0)
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        }
        return config
    return {
        **dj_database_url.parse(url),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
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
    return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def email(url, mail_dir: Path):
    """SMTP where configured, else one .eml file per mail under var/mail."""
    if url:
        parsed = dj_email_url.parse(url)
        parsed.pop("SERVER_EMAIL", None)
        parsed.pop("DEFAULT_FROM_EMAIL", None)
        return {**parsed, "EMAIL_TIMEOUT": 20}
    return {
        "EMAIL_BACKEND": "messaging.gateways.eml_files.EmailBackend",
        "EMAIL_FILE_PATH": str(mail_dir),
    }

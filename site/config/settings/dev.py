"""A laptop: SQLite, no services, state under var/. Any variable of production may be set."""

import os

from privacy.local_keys import read_or_make_key

from .backups import backups, missing_keys_allowed
from .base import *  # noqa: F403 (settings are built by layers)
from .base import CONTENT_SECURITY_POLICY, VAR_DIR
from .cards import cards
from .connections import caches, database, email

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it
PORT = os.environ.get("PORT", "8000")
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["*"]
TRUSTED_PROXIES = [p for p in os.environ.get("TRUSTED_PROXIES", "").split(",") if p]

SECRET_KEY = os.environ.get("SECRET_KEY") or read_or_make_key(VAR_DIR / "keys" / "secret_key")
FIELD_ENCRYPTION_KEYS = (
    os.environ.get("FIELD_ENCRYPTION_KEYS")
    or read_or_make_key(VAR_DIR / "keys" / "field_encryption_keys")
).split(",")
BLIND_INDEX_KEY = os.environ.get("BLIND_INDEX_KEY") or read_or_make_key(
    VAR_DIR / "keys" / "blind_index_key"
)

ALLOW_MISSING_FIELD_KEYS = missing_keys_allowed(os.environ, VAR_DIR)
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
CACHES = caches(os.environ.get("REDIS_URL"))
THROTTLE_IN_DATABASE = not os.environ.get("REDIS_URL")
globals().update(email(os.environ.get("EMAIL_URL"), VAR_DIR / "mail", SITE_URL))
globals().update(backups(os.environ, VAR_DIR))
globals().update(cards(os.environ, CONTENT_SECURITY_POLICY))
SIGNING_KEYS_DIR = VAR_DIR / "keys"
MAKE_SIGNING_KEYS = True

WAGTAILADMIN_BASE_URL = SITE_URL
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Two checkouts on one machine share the host name, so their log-ins must not share a cookie.
SESSION_COOKIE_NAME = f"sessionid_{PORT}"
CSRF_COOKIE_NAME = f"csrftoken_{PORT}"

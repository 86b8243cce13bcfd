"""The test run: PostgreSQL from DATABASE_URL, or SQLite when DATABASE_URL says so."""

import base64
import os

from .backups import backups
from .base import *  # noqa: F403 (settings are built by layers)
from .base import CONTENT_SECURITY_POLICY, INSTALLED_APPS, VAR_DIR
from .cards import cards
from .connections import database, email

INSTALLED_APPS = [*INSTALLED_APPS, "tests.database"]

SECRET_KEY = "only-for-tests"  # noqa: S105 (not a secret)
FIELD_ENCRYPTION_KEYS = [base64.b64encode(b"a" * 32).decode()]
BLIND_INDEX_KEY = base64.b64encode(b"b" * 32).decode()
DEBUG = False
ALLOWED_HOSTS = ["*"]
SITE_URL = os.environ.get("SITE_URL", "http://testserver")
WAGTAILADMIN_BASE_URL = SITE_URL
TRUSTED_PROXIES = []

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite:///:memory:"))}
DATABASES["default"]["OPTIONS"].pop("pool", None)
if template := os.environ.get("TEST_DATABASE_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
globals().update(email(os.environ.get("EMAIL_URL", "memory://"), VAR_DIR / "mail", SITE_URL))
globals().update(backups({}, VAR_DIR))
globals().update(cards({}, CONTENT_SECURITY_POLICY))
SIGNING_KEYS_DIR = VAR_DIR / "test-signing"
MAKE_SIGNING_KEYS = True
BACKUP_SCRYPT = {"n": 2, "r": 8, "p": 1}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # or each test's browser would begin by listing every file
WHITENOISE_MAX_AGE = 3600  # A browser asks once for what it was given.
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

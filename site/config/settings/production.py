"""Production, from the environment alone. Refuses to start on a missing secret and names it."""

import os

from django.core.exceptions import ImproperlyConfigured

from .backups import backups, missing_keys_allowed
from .base import *  # noqa: F403 (settings are built by layers)
from .base import CONTENT_SECURITY_POLICY, LOGGING, VAR_DIR
from .cards import cards
from .connections import caches, database, email


def required(name):
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


SECRET_KEY = required("SECRET_KEY")
FIELD_ENCRYPTION_KEYS = required("FIELD_ENCRYPTION_KEYS").split(",")
BLIND_INDEX_KEY = required("BLIND_INDEX_KEY")
SITE_URL = required("SITE_URL").rstrip("/")
ALLOW_MISSING_FIELD_KEYS = missing_keys_allowed(os.environ, VAR_DIR)
DATABASES = {"default": database(required("DATABASE_URL"))}
CACHES = caches(os.environ.get("REDIS_URL"))
THROTTLE_IN_DATABASE = not os.environ.get("REDIS_URL")
globals().update(email(required("EMAIL_URL"), VAR_DIR / "mail", SITE_URL))
globals().update(backups(os.environ, VAR_DIR))
globals().update(cards(os.environ, CONTENT_SECURITY_POLICY))
SIGNING_KEYS_DIR = os.environ.get("SIGNING_KEYS_DIR") or VAR_DIR / "keys"
MAKE_SIGNING_KEYS = False
TIMESTAMP_URL = os.environ.get("TIMESTAMP_URL", "")
# Without the proxy's address all visitors would look like one, to the throttle above all.
TRUSTED_PROXIES = required("TRUSTED_PROXIES").split(",")

DEBUG = False
LOGGING["handlers"]["console"]["formatter"] = "json"
ALLOWED_HOSTS = [SITE_URL.split("//", 1)[-1].split(":", 1)[0], "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
WAGTAILADMIN_BASE_URL = SITE_URL
SERVE_MEDIA = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# W005, W021: other hosts of the coalition's domain are not ours to bind to HTTPS, once for all.
# W019 wants X-Frame-Options DENY; the admin shows previews in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]

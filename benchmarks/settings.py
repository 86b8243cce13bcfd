"""The production settings, for the site and its contenders in one process."""

import os

from config.settings.production import *  # noqa: F403 (settings are built by layers)
from config.settings.production import BASE_DIR, CACHES, INSTALLED_APPS, STORAGES, VAR_DIR

# Where Django's per-site cache keeps pages: for all processes, and for this one alone.
SHARED = os.environ.get("PER_SITE_CACHE", str(VAR_DIR / "benchmarks" / "cache"))
BACKEND = "redis.RedisCache" if SHARED.startswith("unix:") else "filebased.FileBasedCache"
CACHES = {
    **CACHES,
    "shared": {"BACKEND": f"django.core.cache.backends.{BACKEND}", "LOCATION": SHARED},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}
if SHARED.startswith("unix:"):
    # As when a campaign takes off: what is counted per address is counted in Redis.
    CACHES = {**CACHES, "default": CACHES["shared"]}
    THROTTLE_IN_DATABASE = False
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.contenders"]
ROOT_URLCONF = "benchmarks.contenders.urls"
# Hashed names would ask for collected files; nothing that is measured here reads any.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = []
STATIC_ROOT = BASE_DIR / "static"
MEDIA_ROOT = VAR_DIR / "benchmarks" / "media"

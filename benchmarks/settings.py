"""The production settings, for the site and its contenders in one process."""

from config.settings.production import *  # noqa: F403 (settings are built by layers)
from config.settings.production import BASE_DIR, INSTALLED_APPS, STORAGES, VAR_DIR

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

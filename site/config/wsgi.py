"""WSGI entry point: the public page cache in front of Django."""

import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
sys.path[:0] = [p for p in (str(BASE_DIR), str(BASE_DIR / "site")) if p not in sys.path]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402 (the path above comes first)

django_application = get_wsgi_application()

from home.page_cache import PageCache  # noqa: E402 (models need the app registry)
from privacy.services import check_keys  # noqa: E402 (the same)

check_keys()

application = PageCache(django_application)

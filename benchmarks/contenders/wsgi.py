"""The site's own WSGI application; the first part of a path may put another in its place."""

import time
from threading import Lock

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.cache import UpdateCacheMiddleware
from django.test import override_settings

from config.wsgi import application as site
from config.wsgi import django_application
from home.publishing import forget_everything


class KeepAMinute(UpdateCacheMiddleware):
    """Django's per-site cache; the site's own max-age of 0 would keep it from storing."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.page_timeout = 60


def with_per_site_cache(alias):
    """As Django's documentation orders it, doing what the site's own does: packed once, 304."""
    update, fetch = f"{__name__}.KeepAMinute", "django.middleware.cache.FetchFromCacheMiddleware"
    packed = "django.middleware.gzip.GZipMiddleware"
    known = "django.middleware.http.ConditionalGetMiddleware"
    middleware = [update, packed, known, *settings.MIDDLEWARE, fetch]
    with override_settings(MIDDLEWARE=middleware, CACHE_MIDDLEWARE_ALIAS=alias):
        return WSGIHandler()


class FirstRead:
    """Each reader is the first one since something was published: nothing is kept any more."""

    def __init__(self):
        self.lock = Lock()

    def __call__(self, environ, start_response):
        with self.lock:  # Else one would find what another just read.
            forget_everything()
            return django_application(environ, start_response)


class Bare:
    """The bytes of the site's own answer, and no work at all."""

    def __init__(self):
        self.answers = {}

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path not in self.answers:
            heard = []
            body = b"".join(site(environ, lambda *heads: heard.extend(heads)))
            self.answers[path] = (*heard[:2], body)
        status, headers, body = self.answers[path]
        start_response(status, headers)
        return [body]


def cpu_time(_environ, start_response):
    """The processor time that this process, with all of its threads, has used so far."""
    body = repr(time.process_time()).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


APPLICATIONS = {
    "bare": Bare(),
    "per-site-cache": with_per_site_cache("shared"),
    "local-cache": with_per_site_cache("local"),
    "no-page-cache": django_application,
    "first-read": FirstRead(),
    "cpu-time": cpu_time,
}


def application(environ, start_response):
    first, _, rest = environ["PATH_INFO"][1:].partition("/")
    chosen = APPLICATIONS.get(first)
    if chosen is None:
        return site(environ, start_response)
    environ["PATH_INFO"] = f"/{rest}"
    return chosen(environ, start_response)

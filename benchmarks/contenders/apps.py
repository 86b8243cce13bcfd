from django.apps import AppConfig
from django.core.cache import caches


class ContendersConfig(AppConfig):
    """The table of the naive way. It has no migrations: only a benchmark's database holds it."""

    name = "benchmarks.contenders"
    label = "contenders"

    def ready(self):
        from wagtail.signals import page_published

        page_published.connect(forget_pages)


def forget_pages(**_signal):
    """What is published shows in all processes that share the cache; the site's own does so too."""
    caches["shared"].clear()
    caches["local"].clear()

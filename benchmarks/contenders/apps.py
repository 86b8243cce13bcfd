from django.apps import AppConfig


class ContendersConfig(AppConfig):
    """The table of the naive way. It has no migrations: only a benchmark's database holds it."""

    name = "benchmarks.contenders"
    label = "contenders"

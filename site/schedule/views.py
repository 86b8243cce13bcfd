from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from .services import worker_is_alive


@require_safe
@never_cache
def process_health(_request):
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readiness(_request):
    """Whether this server can serve: names the part that fails, and nothing more."""
    checks = {"database": _database(), "cache": _cache()}
    checks["worker"] = checks["database"] and _worker()
    status = 200 if all(checks.values()) else 503
    return JsonResponse({k: "ok" if v else "failing" for k, v in checks.items()}, status=status)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _cache() -> bool:
    try:
        cache.set("readiness", "1", 10)
        return cache.get("readiness") == "1"
    except (OSError, RedisError):
        return False


def _worker() -> bool:
    try:
        return worker_is_alive()
    except Error:
        return False

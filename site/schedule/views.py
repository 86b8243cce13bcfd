from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from .services import worker_is_alive

WRITABLE = {
    "postgresql": "SELECT current_setting('transaction_read_only') = 'off'",
    "sqlite": "SELECT NOT query_only FROM pragma_query_only",
}
_migrated: list[bool] = []


@require_safe
@never_cache
def process_health(_request):
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readiness(_request):
    """Whether this server can serve: names the part that fails, and nothing more."""
    checks = {"database": _database(), "cache": _cache()}
    checks["schema"] = checks["database"] and _schema()
    checks["worker"] = checks["database"] and _worker()
    status = 200 if all(checks.values()) else 503
    return JsonResponse({k: "ok" if v else "failing" for k, v in checks.items()}, status=status)


def _database() -> bool:
    """Whether it answers and takes writes: a replica, or a full disk's read-only mode, does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITABLE[connection.vendor])
            return bool(cursor.fetchone()[0])
    except Error:
        return False


def _schema() -> bool:
    """Whether the database is migrated to this version of the site; once it is, it stays so."""
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
                _migrated.append(True)
        except Error:
            return False
    return bool(_migrated)


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

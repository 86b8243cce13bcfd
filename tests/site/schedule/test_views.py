import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError, connection

from schedule import views
from schedule.services import beat


class FullCache(LocMemCache):
    """Takes everything and keeps nothing."""

    def set(self, *args, **kwargs):
        return None


def test_a_living_process_says_so_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.sqlite_smoke
def test_a_site_with_everything_is_ready(client, db):
    beat("a worker")

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "schema": "ok", "worker": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_without_a_worker_it_is_not_ready(client, db):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "ok", "schema": "ok", "worker": "failing"}


@pytest.mark.parametrize(
    "backend",
    [
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        },
        {"BACKEND": f"{__name__}.FullCache"},
    ],
    ids=["away", "full"],
)
def test_without_a_cache_it_is_not_ready(client, db, settings, backend):
    beat("a worker")
    settings.CACHES = {"default": backend}

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "failing", "schema": "ok", "worker": "ok"}


def refuse(execute, sql, params, many, context):
    raise OperationalError("the database went away")


def test_without_a_database_it_is_not_ready(client, db):
    beat("a worker")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "database": "failing",
        "cache": "ok",
        "schema": "failing",
        "worker": "failing",
    }


def test_a_database_lost_between_two_questions_is_told_apart(client, db):
    def refuse_tables(execute, sql, params, many, context):
        if "heartbeat" in sql:
            raise OperationalError("the database went away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_tables):
        response = client.get("/readyz")

    assert response.json() == {"database": "ok", "cache": "ok", "schema": "ok", "worker": "failing"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_only_looks(client, db, address):
    assert client.post(address).status_code == 405
    assert client.head(address).content == b""


@pytest.mark.postgres
def test_a_database_that_takes_no_writes_is_not_ready(client, db):
    beat("a worker")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["database"] == "failing"


def test_a_database_of_an_older_version_is_not_ready(client, db, monkeypatch):
    beat("a worker")
    monkeypatch.setattr(views, "_migrated", [])
    monkeypatch.setattr(views.MigrationExecutor, "migration_plan", lambda *_: ["one is missing"])

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["schema"] == "failing"


def test_a_database_lost_while_the_schema_is_looked_at(client, db, monkeypatch):
    def gone(*_arguments):
        raise OperationalError

    monkeypatch.setattr(views, "_migrated", [])
    monkeypatch.setattr(views, "MigrationExecutor", gone)

    assert client.get("/readyz").json()["schema"] == "failing"

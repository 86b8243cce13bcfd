from django.db import OperationalError

from backup.services import restoring


def test_a_site_without_tables_is_not_at_work(monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(restoring, "worker_is_alive", gone)

    assert not restoring._is_at_work()

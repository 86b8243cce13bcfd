"""The database itself keeps what was published."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from campaigns.pledges.models import Demand, DemandSetVersion
from campaigns.pledges.services import frozen
from campaigns.pledges.services.demands import begin_version
from campaigns.pledges.services.records import lock_records, unlock_records
from evidence.append_only import RefuseUnless
from tests.factories.pledge_demands import demand_set, publish

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
CHANGES = {
    "state": "draft",
    "intro": "다른 말",
    "note": "다른 까닭",
    "resolved_by": "아무도",
    "text": {"demands": []},
    "text_sha256": "0" * 64,
    "number": 9,
}


def refused(change):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        change()
    return True


@pytest.fixture
def versions(election):
    """Of one version of each kind: superseded, published, being written."""
    row = demand_set(election)
    publish(begin_version(row, user=row.versions.get().made_by))
    begin_version(row, user=row.versions.first().made_by)
    return {version.state: version for version in row.versions.all()}


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("state", DemandSetVersion.FROZEN)
def test_what_was_published_cannot_be_changed(versions, state):
    version = versions[state]
    rows = DemandSetVersion.objects.filter(pk=version.pk)
    for name, value in CHANGES.items():
        assert refused(lambda n=name, v=value: rows.update(**{n: v}))
    demand = version.demands.first()
    assert refused(lambda: Demand.objects.filter(pk=demand.pk).update(text="다른 요구"))
    assert refused(lambda: Demand.objects.filter(pk=demand.pk).delete())
    assert refused(lambda: Demand.objects.create(version=version, number=9, title="새", text="것"))
    assert refused(lambda: rows._raw_delete(rows.db))


@pytest.mark.sqlite_smoke
def test_no_demand_moves_into_or_out_of_a_published_version(versions):
    draft, published = versions["draft"], versions["published"]
    Demand.objects.filter(version=draft, number=3).delete()
    free = Demand.objects.create(version=draft, number=4, title="새", text="것")
    assert refused(lambda: Demand.objects.filter(pk=free.pk).update(version=published))
    demand = published.demands.get(number=3)
    assert refused(lambda: Demand.objects.filter(pk=demand.pk).update(version=draft))


@pytest.mark.sqlite_smoke
def test_a_published_number_stays_with_its_demand(versions):
    draft = versions["draft"]
    one = draft.demands.get(number=1)
    assert refused(lambda: Demand.objects.filter(pk=one.pk).update(number=8))
    assert refused(lambda: Demand.objects.filter(pk=one.pk).update(key=uuid.uuid4()))
    one.delete()
    assert refused(lambda: Demand.objects.create(version=draft, number=1, title="새", text="것"))
    Demand.objects.create(version=draft, number=1, key=one.key, title="다시", text="같은 요구")


def test_what_is_being_written_can_be_changed(versions):
    draft = versions["draft"]
    draft.demands.update(text="고친 요구")
    draft.demands.all().delete()
    draft.delete()
    assert DemandSetVersion.objects.count() == 2


@pytest.mark.sqlite_smoke
def test_they_stand_still_again_after_tables_were_changed(versions):
    """Also where triggers had to be let go, as on SQLite while a table is made anew."""
    rows = DemandSetVersion.objects.filter(pk=versions["published"].pk)
    unlock_records()
    rows.update(intro="그사이")
    for _ in range(2):
        lock_records()
    assert refused(lambda: rows.update(intro="다른 말"))


def test_tables_that_are_older_have_nothing_to_stand_still(versions, monkeypatch):
    monkeypatch.setattr(frozen, "NEWEST_COLUMN", "not_there")
    rows = DemandSetVersion.objects.filter(pk=versions["published"].pk)
    frozen.freeze_published("default")
    assert refused(lambda: rows.update(intro="다른 말"))


def test_before_the_first_migration_there_is_nothing(versions, monkeypatch):
    other = RefuseUnless("pledges_not_made_yet", "UPDATE", {})
    monkeypatch.setattr(frozen, "TRIGGERS", [other])
    frozen.freeze_published("default")

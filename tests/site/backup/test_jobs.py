import pytest

from backup.exceptions import PassphraseMissingError
from backup.jobs import back_up_daily
from backup.models import BackupRun
from schedule.registry import jobs
from tests.site.backup.conftest import PASSPHRASE

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_the_worker_makes_one_each_day(site):
    site.BACKUP_PASSPHRASE = PASSPHRASE

    back_up_daily()

    assert [run.error for run in BackupRun.objects.all()] == [""]
    assert jobs["backup.back_up_daily"].at == site.BACKUP_AT


def test_without_a_passphrase_the_failure_is_on_record(site):
    with pytest.raises(PassphraseMissingError) as refusal:
        back_up_daily()

    assert BackupRun.objects.get().error == str(refusal.value)

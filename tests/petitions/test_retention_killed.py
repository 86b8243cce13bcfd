"""SIGKILL to a real process in the middle of the destruction: whole or not there."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from petitions.models import Signature
from rights.models import DestructionRecord
from rights.services import check_ledger, destroy_due
from tests.database.waiting import SECONDS, cut_off_others, is_alone, others_that_wait, wait_until
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.postgres]

RUN = "import django; django.setup(); from rights.services import destroy_due as d; d()"


@pytest.fixture
def over(transactional_db, petition_page):
    """Signatures that were never handed over, more than two years old."""
    long_ago = timezone.now() - timedelta(days=800)
    return SignatureFactory.create_batch(
        3, petition=petition_page, confirmed=True, created_at=long_ago
    )


@pytest.mark.parametrize("table", ["privacy_token", "evidence_event", "rights_destructionrecord"])
def test_a_destruction_killed_half_way_is_done_by_the_next_run(process_environment, over, table):
    """The process has got as far as the table that it waits for; then there is no process."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        process = subprocess.Popen([sys.executable, "-c", RUN], env=process_environment)
        try:
            wait_until(others_that_wait)
        finally:
            process.kill()
            process.wait(timeout=SECONDS)
        cut_off_others()
        wait_until(is_alone)
    assert Signature.objects.with_person().count() == 3
    assert not DestructionRecord.objects.exists()

    assert destroy_due() == 3

    assert not Signature.objects.with_person().exists()
    assert DestructionRecord.objects.get().count == 3
    assert check_ledger(timezone.localdate().year).holds

"""A worker gets SIGKILL between sealing and recording: the file is made again, once."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from campaigns.pledges.models import AgreementDocument, SealJob
from campaigns.pledges.services.seals import run_seals
from campaigns.pledges.services.verdicts import Finding, judge_file
from evidence.models import Event
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledges import ElectionFactory, jongno

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# The file is sealed and its row is written when it sleeps; nothing is committed.
SEAL = """
import sys, time, django
django.setup()
from django.conf import settings
settings.SIGNING_KEYS_DIR = sys.argv[1]
from campaigns.pledges.services import seals
def stop(*_args):
    print("sealed", flush=True)
    time.sleep(60)
seals.record_step_of = stop
seals.run_seals()
"""


def test_a_seal_that_was_killed_is_made_again_and_once(settings, tmp_path, process_environment):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    jongno()
    signed_agreement(respondent_of(ElectionFactory()))
    process = subprocess.Popen(
        [sys.executable, "-c", SEAL, str(settings.SIGNING_KEYS_DIR)],
        env=process_environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"sealed\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    connection.close()

    assert not AgreementDocument.objects.exists()
    assert SealJob.objects.get().state == SealJob.State.WAITING
    assert (run_seals(), run_seals()) == (1, 0)
    document = AgreementDocument.objects.get()
    assert judge_file(bytes(document.content)).finding == Finding.ORIGINAL
    assert Event.objects.filter(kind="sealed").count() == 1

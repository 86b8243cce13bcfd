"""The demo's election, and the list beside it that is sent in by hand."""

import pytest

from campaigns.pledges.models import (
    Candidacy,
    CandidateImport,
    Contest,
    Election,
    PledgeAgreement,
    Respondent,
)
from campaigns.pledges.services import plan_import, request_import
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.public_log import find_log_faults
from demo.elections import load_election
from demo.logins import ADMINISTRATOR
from evidence.services import verify_chain
from home.network.services import load_regions
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_sixty_stand_and_the_next_list_changes_something(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    user = UserFactory(email=ADMINISTRATOR[1], is_superuser=True)
    load_regions()

    load_election()
    load_election()

    election = Election.objects.get()
    assert (Candidacy.objects.count(), Contest.objects.count()) == (60, 14)
    job = request_import(
        election,
        (tmp_path / "demo" / "candidates-registered.csv").read_bytes(),
        file_name="candidates-registered.csv",
        stage=CandidateImport.Stage.REGISTERED,
        office="",
        source=election.source,
        retrieved_on=election.vote_on,
        user=user,
    )
    plan = plan_import(job)
    assert plan.problems == []
    assert len(plan.missing) == 2
    assert sum("party_name" in change.values for change in plan.changed) == 2


def test_candidates_stand_in_states_between_silence_and_signature(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    UserFactory(email=ADMINISTRATOR[1], is_superuser=True)
    load_regions()

    load_election()

    standings = set(Respondent.objects.values_list("standing", flat=True))
    assert standings == {*Respondent.Standing.values}
    assert [*find_log_faults()] == []
    assert PledgeAgreement.objects.count() >= 10
    assert verify_chain(EVIDENCE_SUBJECT, str(Election.objects.get().pk)).holds

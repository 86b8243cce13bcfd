"""Parties and camps answer as a whole."""

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import RespondentAskedError
from campaigns.pledges.models import Respondent, Response
from campaigns.pledges.services.parties import add_party, remove_party
from tests.factories.pledges import seoul

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def added(election, **values):
    return add_party(
        election, **{"kind": "party", "party_name": "가온당", "region": None, **values}
    )


def test_a_party_is_there_once_for_each_region(election):
    row, is_new = added(election)
    assert (is_new, added(election)) == (True, (row, False))
    assert row.name == "가온당"
    assert added(election, region=seoul())[1]
    assert added(election, kind="camp")[1]
    assert Respondent.objects.count() == 3


def test_what_was_entered_by_mistake_goes(election):
    remove_party(added(election)[0])
    assert not Respondent.objects.exists()


def test_whoever_was_asked_stays(election):
    row, _is_new = added(election)
    Response.objects.create(respondent=row, began_at=timezone.now())
    with pytest.raises(RespondentAskedError):
        remove_party(row)
    other, _is_new = added(election, kind="camp")
    Respondent.objects.filter(pk=other.pk).update(standing="asked")
    with pytest.raises(RespondentAskedError):
        remove_party(other)

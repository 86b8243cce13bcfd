"""Staff print letters: of one respondent, of a contest, of a region; each print is on record."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.pledges.models import Respondent
from campaigns.pledges.services.letters import MOST
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import contact_of, respondent_of
from tests.factories.pledge_demands import pledge_round
from tests.factories.pledges import contest_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def respondent(election):
    pledge_round(election)
    return respondent_of(election)


def subjects():
    printed = AccessEntry.objects.filter(action="print")
    return set(printed.values_list("subjects__subject", flat=True))


def test_one_letter_is_printed_and_on_record(staff, respondent):
    page = staff.get(reverse("pledges_respondent", args=[respondent.public_id])).content.decode()
    address = reverse("pledges_letter", args=[respondent.public_id])
    assert address in page
    answer = staff.post(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")
    assert subjects() == {str(respondent.public_id)}
    assert staff.get(address).status_code == 405


def test_all_of_a_region_without_an_address_are_printed(staff, election, respondent):
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    there = respondent_of(election, "바다", contest=contest_of(election, region=busan))
    contact_of(respondent_of(election, "라온"), "has@x.example")
    address = reverse("pledges_letters", args=[election.pk])
    listed = staff.get(reverse("pledges_outreach", args=[election.pk]), {"region": busan.pk})
    assert listed.context["letters"] == 1
    staff.post(address, {"region": busan.pk})
    assert subjects() == {str(there.public_id)}
    staff.post(address, {"contest": there.candidacy.contest_id})
    assert subjects() == {str(there.public_id)}
    staff.post(address)
    assert subjects() == {str(there.public_id), str(respondent.public_id)}


def test_nobody_to_write_to_is_said(staff, election, respondent):
    contact_of(respondent)
    answer = staff.post(reverse("pledges_letters", args=[election.pk]), follow=True)
    told = _("There is nobody to write to, or nobody is asked at the moment.")
    assert told in answer.content.decode()
    assert subjects() == set()


def test_too_many_at_once_are_refused_with_what_to_do(staff, election, respondent):
    Respondent.objects.bulk_create(
        Respondent(
            election=election, kind="camp", party_name=f"선대본 {n}", standing_on=election.vote_on
        )
        for n in range(MOST)
    )
    answer = staff.post(reverse("pledges_letters", args=[election.pk]), follow=True)
    told = _("At most %(most)d letters at once. Choose a contest or a region.")
    assert told % {"most": MOST} in answer.content.decode()


def test_without_the_right_nothing_is_printed(client, respondent):
    client.force_login(UserFactory(role="연대회의 대표"))
    answer = client.post(reverse("pledges_letter", args=[respondent.public_id]))
    assert answer.status_code in (302, 403)
    assert subjects() == set()

"""Countersigning in the browser: choose, prove the second factor anew, sign."""

import re

import pytest
from django.urls import reverse

from campaigns.pledges.models import CountersignBatch, PledgeAgreement
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory, code_of
from tests.factories.pledge_countersigning import respondent_of, waiting_agreement
from tests.factories.pledge_demands import pledge_round

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CHOOSE = "/admin/agreements/countersign/"


@pytest.fixture
def representative(client):
    client.user = UserFactory(role="연대회의 대표", factor=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def waiting(election):
    pledge_round(election, least_accepted=1)
    return [waiting_agreement(respondent_of(election, name)) for name in ("가람", "나래", "다온")]


def choose(browser, agreements):
    data = {"agreements": [row.pk for row in agreements], "signer_title": "상임대표"}
    return browser.post(CHOOSE, data)


def prove(browser, door):
    """Type the code that the phone shows; leads back to the batch."""
    response = browser.post(door, {"code": code_of(browser.user)})
    assert response.status_code == 302
    return response["Location"]


def test_a_batch_is_signed_after_a_fresh_proof(representative, waiting):
    door = choose(representative, waiting[:2])["Location"]
    assert door.startswith(reverse("mfa_reauthenticate"))

    batch_url = prove(representative, door)
    page = representative.get(batch_url).content.decode()
    assert "2026-지방-0001" in page
    assert f"{batch_url}sign/" in page
    representative.post(f"{batch_url}sign/")

    batch = CountersignBatch.objects.get()
    assert batch.done_at is not None
    assert batch_url == reverse("pledges_batch", args=[batch.public_id])
    assert list(PledgeAgreement.objects.order_by("pk").values_list("state", flat=True)) == [
        "countersigned",
        "countersigned",
        "signed",
    ]


def test_the_proof_of_the_log_in_is_not_enough(representative, waiting):
    choose(representative, waiting)
    batch = CountersignBatch.objects.get()
    url = reverse("pledges_batch", args=[batch.public_id])

    assert f"{url}sign/" not in representative.get(url).content.decode()
    response = representative.post(f"{url}sign/", follow=True)

    assert response.redirect_chain[-1][0] == url
    assert not PledgeAgreement.objects.exclude(state="signed").exists()


def test_one_proof_signs_one_batch(representative, waiting):
    first = prove(representative, choose(representative, waiting[:1])["Location"])
    representative.post(f"{first}sign/")
    choose(representative, waiting[1:])
    second = CountersignBatch.objects.latest("pk")

    representative.post(reverse("pledges_sign_batch", args=[second.public_id]))

    assert PledgeAgreement.objects.filter(state="countersigned").count() == 1


def test_what_falls_short_of_the_rule_says_so_and_cannot_be_ticked(representative, election):
    pledge_round(election, least_accepted=3)
    agreement = waiting_agreement(respondent_of(election))

    page = representative.get(CHOOSE).content.decode()
    assert f'name="agreements" value="{agreement.pk}"' not in page

    door = choose(representative, [agreement])["Location"]
    batch_url = prove(representative, door)
    representative.post(f"{batch_url}sign/")
    agreement.refresh_from_db()
    assert agreement.state == "signed"


def test_one_agreement_comes_ticked_alone(representative, waiting):
    page = representative.get(f"{CHOOSE}?one={waiting[1].pk}").content.decode()
    ticked = re.findall(r'value="(\d+)" id="id_agreement_\d+" checked', page)

    assert ticked == [str(waiting[1].pk)]


def test_nothing_chosen_is_said_and_loses_nothing(representative, waiting):
    response = representative.post(CHOOSE, {"signer_title": "공동대표"})

    assert response.status_code == 422
    assert 'value="공동대표"' in response.content.decode()


def test_without_waiting_agreements_there_is_a_way_on(representative, db):
    assert reverse("agreements:index") in representative.get(CHOOSE).content.decode()


def test_only_representatives_countersign_and_each_their_own_batch(representative, waiting, client):
    choose(representative, waiting)
    batch = CountersignBatch.objects.get()
    client.force_login(UserFactory(role="연대회의 대표"))
    assert client.get(reverse("pledges_batch", args=[batch.public_id])).status_code == 404

    client.force_login(UserFactory(role="정책협약 담당"))
    assert client.get(CHOOSE)["Location"] == reverse("wagtailadmin_home")


def test_what_is_shown_is_written_down(representative, waiting):
    representative.get(CHOOSE)

    entry = AccessEntry.objects.latest("pk")
    assert (entry.data_set, entry.count) == ("pledges.agreements", 3)


def test_more_than_a_hundred_are_not_chosen_at_once(representative, waiting, monkeypatch):
    monkeypatch.setattr("campaigns.pledges.services.countersigning.MOST_AT_ONCE", 2)
    response = choose(representative, waiting)
    assert response.status_code == 422

    monkeypatch.setattr("campaigns.pledges.views.countersigning.MOST_AT_ONCE", 2)
    assert representative.get(CHOOSE).context["more"] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    representative, election, count, django_assert_num_queries
):
    pledge_round(election)
    for number in range(count):
        waiting_agreement(respondent_of(election, f"후보{number}"))
    representative.get(CHOOSE)

    with django_assert_num_queries(19):
        representative.get(CHOOSE)

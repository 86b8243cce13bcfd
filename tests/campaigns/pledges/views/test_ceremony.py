"""Ceremony: identity checked on site, the tablet handed over, signed, and handed back empty."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.pledges.forms.agreements import CARDS
from campaigns.pledges.models import IdentityCheck, Invitation, PledgeAgreement
from campaigns.pledges.services.ceremony import receive_on_site
from campaigns.pledges.services.identity import fresh_check
from campaigns.pledges.services.moderation import reopen_answers
from campaigns.pledges.views.links import CEREMONY, COOKIE
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import invited, respondent_of, signed_agreement
from tests.factories.pledge_countersigning import conclude, steps_of
from tests.factories.pledge_demands import demand_set, pledge_round

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SHOWN = {"document": "passport", "is_compared": "on"}
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def staff(client):
    client.user = UserFactory(role="정책협약 담당")
    client.force_login(client.user)
    return client


@pytest.fixture
def respondent(election):
    """Nobody found an address of theirs."""
    demand_set(election)
    pledge_round(election)
    return respondent_of(election)


def receive(browser, respondent, data=SHOWN):
    return browser.post(reverse("pledges_receive", args=[respondent.public_id]), data)


def press(browser, url, data=None):
    return browser.post(url, data or {}, **SAME_ORIGIN)


def accept_all(browser, answers_url):
    page = browser.get(f"{answers_url.removesuffix('answers/')}all/")
    demands = [card.demand.pk for card in page.context["shown"].cards]
    return press(browser, page.request["PATH_INFO"], {"demand": demands})["Location"]


def test_on_one_tablet_a_candidate_signs_without_address_and_code(staff, respondent, election):
    answers_url = receive(staff, respondent)["Location"]
    assert "_auth_user_id" not in staff.session  # nobody is logged in on the tablet

    sign_url = accept_all(staff, answers_url)
    page = staff.get(sign_url)
    assert "code" not in page.context["form"].fields
    consents = {field: "on" for _consent, field in page.context["form"].consents}
    data = {"name": respondent.name, "text_sha256": page.context["digest"], **consents}
    done_url = press(staff, sign_url, data)["Location"]

    agreement = PledgeAgreement.objects.get()
    signature = agreement.signatures.get()
    assert (signature.method, signature.identity_check.checked_by) == ("on_site", staff.user)
    assert reverse("pledges:hand-back") in staff.get(done_url).content.decode()
    assert "identity_checked" in steps_of(election)

    press(staff, reverse("pledges:hand-back"))
    assert staff.cookies[COOKIE].value == staff.cookies[CEREMONY].value == ""
    assert staff.get(done_url).status_code == 303  # the next person can't look


def test_staff_find_whom_the_tablet_is_for(staff, respondent, election):
    url = reverse("pledges_ceremony", args=[election.pk])
    assert staff.get(url).context["found"] == []
    (found,) = staff.get(url, {"name": "가람"}).context["found"]
    assert found[0] == respondent
    page = staff.get(reverse("pledges_receive", args=[respondent.public_id])).content.decode()
    assert "한가람" in page


@pytest.mark.parametrize("missing", ["document", "is_compared"])
def test_without_looking_at_a_card_nothing_is_handed_over(staff, respondent, missing):
    data = {name: value for name, value in SHOWN.items() if name != missing}

    assert receive(staff, respondent, data).status_code == 422
    assert "_auth_user_id" in staff.session
    assert not IdentityCheck.objects.exists()


def test_who_checked_whom_is_in_the_access_log(staff, respondent):
    receive(staff, respondent)

    entry = AccessEntry.objects.latest("pk")
    assert (entry.user_id, entry.data_set) == (staff.user.pk, "pledges.agreements")
    assert str(CARDS["passport"]) in entry.reason


def test_others_do_not_hold_ceremonies(client, respondent, election):
    client.force_login(UserFactory(role="연대회의 대표"))
    for url in (
        reverse("pledges_ceremony", args=[election.pk]),
        reverse("pledges_receive", args=[respondent.public_id]),
    ):
        assert client.get(url)["Location"] == reverse("wagtailadmin_home")


def test_unknown_people_are_not_found(staff, respondent, election):
    url = reverse("pledges_receive", args=["00000000-0000-4000-8000-000000000000"])
    assert staff.get(url).status_code == 404


def test_after_the_deadline_and_beside_an_agreement_nobody_is_received(staff, election):
    signed = signed_agreement(respondent_of(election)).respondent
    other = respondent_of(election, "나래")
    election.round.answers_until = timezone.now() - timedelta(minutes=1)
    election.round.save()
    for respondent in (signed, other):
        response = receive(staff, respondent)
        assert response["Location"] == reverse("pledges_ceremony", args=[election.pk])
    assert "_auth_user_id" in staff.session


@pytest.mark.parametrize("standing", ["left", "declined"])
def test_who_left_or_signs_none_is_not_received(staff, respondent, standing, user):
    if standing == "left":
        respondent.standing = "left"
        respondent.save()
    else:
        invitation = invited(respondent)
        receive_on_site(respondent, user=user, browser="a")
        type(respondent.response).objects.update(state="declined", submitted_at=timezone.now())
        assert invitation.pk
    response = receive(staff, respondent)
    assert response["Location"] == reverse("pledges_ceremony", args=[respondent.election_id])


def test_who_was_invited_keeps_that_invitation(respondent, user):
    invitation = invited(respondent)
    found, _token = receive_on_site(respondent, user=user, browser="b")

    assert found == invitation
    assert Invitation.objects.get().state == "verified"
    assert fresh_check(found, "b").method == "on_site"
    assert fresh_check(found, "a") is None


def test_a_check_on_site_stands_an_hour(respondent, user):
    found, _token = receive_on_site(respondent, user=user, browser="b")
    IdentityCheck.objects.update(passed_at=timezone.now() - timedelta(minutes=50))
    assert fresh_check(found, "b") is not None

    IdentityCheck.objects.update(expires_at=timezone.now())
    assert fresh_check(found, "b") is None


def test_who_had_opened_their_link_goes_on_from_there(respondent, user):
    invitation = invited(respondent, state="opened")

    found, _token = receive_on_site(respondent, user=user, browser="b")

    assert (found, found.state) == (invitation, "verified")


def test_whose_answers_were_opened_again_is_received(election, user):
    agreement = signed_agreement(respondent_of(election))
    conclude(agreement, UserFactory(role="연대회의 대표"))
    until = timezone.now() + timedelta(days=1)
    reopen_answers(agreement.response, "변경 협약", until=until, user=user)

    found, _token = receive_on_site(agreement.respondent, user=user, browser="b")

    assert fresh_check(found, "b") is not None

"""A representative countersigns a batch; a candidate signs on one tablet at a ceremony."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaigns.pledges.models import PledgeAgreement
from tests.factories.accounts import UserFactory, code_of
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import ElectionFactory, jongno

from .axe import violations
from .staff import OFFICE, come_in
from .test_staff_can_use_it import WAGTAIL

TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def election(transactional_db):
    jongno()
    election = ElectionFactory()
    demand_set(election)
    pledge_round(election)
    return election


def test_a_representative_countersigns_two_at_once(open_page, election):
    for name in ("한가람", "남궁바다"):
        signed_agreement(respondent_of(election, name), email=f"{name}@camp.example")
    user = UserFactory(role="연대회의 대표", factor=True)
    office = open_page(OFFICE)
    come_in(office, user)

    office.goto(reverse("pledges_countersign"))
    assert violations(office, known=WAGTAIL) == []
    office.click("main form .button")
    office.fill("[name=code]", code_of(user))
    office.click("main button[type=submit]")
    office.wait_for_url("**/agreements/batches/**")
    assert violations(office, known=WAGTAIL) == []
    office.click("main form .button")

    expect(office.locator("main form[action$='/sign/']")).to_have_count(0)
    states = PledgeAgreement.objects.values_list("state", flat=True)
    assert list(states) == ["countersigned", "countersigned"]


def test_a_candidate_signs_on_one_tablet(open_page, election):
    respondent = respondent_of(election)
    tablet = open_page(TABLET, has_touch=True)
    come_in(tablet, UserFactory(role="정책협약 담당", factor=True))

    tablet.goto(reverse("pledges_ceremony", args=[election.pk]))
    tablet.fill("[name=name]", "가람")
    tablet.click("main form .button")
    assert violations(tablet, known=WAGTAIL) == []
    tablet.click("main table a >> nth=0")
    tablet.check("[name=document] >> nth=0")
    tablet.check("[name=is_compared]")
    assert violations(tablet, known=WAGTAIL) == []
    tablet.click("main form .button >> nth=0")

    tablet.wait_for_url("**/answers/")
    assert violations(tablet) == []
    tablet.click("a[href$='/all/']")
    tablet.click("main form button")
    tablet.wait_for_url("**/signature/")
    for box in tablet.locator("[name^=consent_]").all():
        box.check()
    tablet.fill("[name=name]", respondent.name)
    tablet.locator("form:has([name=text_sha256]) button:not([type=button])").first.click()
    tablet.wait_for_url("**/done/")
    tablet.click("form[action$='/back/'] button")
    assert violations(tablet) == []

    assert PledgeAgreement.objects.get().signatures.get().method == "on_site"
    tablet.goto(reverse("pledges_ceremony", args=[election.pk]))
    expect(tablet.locator("[name=login]")).to_be_visible()

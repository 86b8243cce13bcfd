"""Paper agreements: entered by one person, compared by another, registered as paper."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.pledges.exceptions import AgreementGoneError, PaperIncompleteError, TwoPeopleError
from campaigns.pledges.models import PaperAgreement, PledgeAgreement, SealJob
from campaigns.pledges.panels import agreement_items
from campaigns.pledges.services.demands import current_versions, demands_asked
from campaigns.pledges.services.endings import propose_void
from campaigns.pledges.services.papers import PaperFacts, enter_paper, take_paper
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_countersigning import Standing, steps_of
from tests.factories.pledge_demands import demand_set, pledge_round

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SCAN = b"%PDF-1.7 scan"
ROLE = "정책협약 담당"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role=ROLE)
    client.force_login(client.user)
    return client


@pytest.fixture
def respondent(election):
    demand_set(election)
    pledge_round(election)
    return respondent_of(election)


def asked(respondent):
    return demands_asked(current_versions(respondent))


def facts_of(**values):
    given = {
        "signed_on": timezone.localdate(),
        "side": "candidate",
        "signer_name": "한가람",
        "representative": "남궁바다",
        "representative_title": "상임대표",
    }
    return PaperFacts(**{**given, **values})


def entered(respondent, user, *, last="decline"):
    rows = asked(respondent)
    answers = {str(row.key): ("accept", "") for row in rows[:-1]}
    answers[str(rows[-1].key)] = (last, "")
    return enter_paper(respondent, answers, facts_of(), SCAN, user=user)


def typed(respondent, content=SCAN, **values):
    rows = asked(respondent)
    data = {f"choice_{row.pk}": "accept" for row in rows}
    data |= {f"comment_{row.pk}": "" for row in rows}
    scan = SimpleUploadedFile("scan.pdf", content, content_type="application/pdf")
    return {**data, **vars(facts_of()), "has_consents": "on", "scan": scan, **values}


def enter(staff, respondent, **values):
    url = reverse("pledges_enter_paper", args=[respondent.public_id])
    return staff.post(url, typed(respondent, **values))


def decide(browser, paper, **data):
    return browser.post(reverse("pledges_decide_paper", args=[paper.public_id]), data)


def test_two_people_register_a_paper_and_it_is_never_electronic(
    staff, respondent, client, election
):
    page = staff.get(reverse("pledges_enter_paper", args=[respondent.public_id]))
    assert page.status_code == 200
    enter(staff, respondent)
    paper = PaperAgreement.objects.get()
    decide(staff, paper, do="take")
    assert not PledgeAgreement.objects.exists()

    client.force_login(UserFactory(role=ROLE))
    url = reverse("pledges_paper", args=[paper.public_id])
    assert "한가람" in client.get(url).content.decode()
    assert client.get(f"{url}scan/").content == SCAN
    decide(client, paper, do="take")

    agreement = PledgeAgreement.objects.get()
    respondent.refresh_from_db()
    assert (agreement.form, agreement.state) == ("paper", "countersigned")
    assert {row.method for row in agreement.signatures.all()} == {"paper"}
    assert not SealJob.objects.exists()
    assert respondent.standing == Standing.AGREED
    assert steps_of(election)[-3:] == ["signed", "countersigned", "standing"]
    assert agreement.number in client.get(reverse("pledges_papers")).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"content": b"\xff\xd8\xff JPEG"},
        {"content": SCAN + b"0" * (10 * 1024 * 1024)},
        {"signed_on": timezone.localdate() + timedelta(days=1)},
        {"has_consents": ""},
        {"signer_name": ""},
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(staff, respondent, values):
    assert enter(staff, respondent, **values).status_code == 422
    assert not PaperAgreement.objects.exists()


def test_accepted_in_part_says_which(staff, respondent):
    key = asked(respondent)[0].pk
    response = enter(staff, respondent, **{f"choice_{key}": "accept_partly"})

    assert response.status_code == 422
    assert f"comment_{key}" in response.context["form"].errors


def test_one_that_waits_or_holds_is_not_entered_twice(staff, respondent, user):
    entered(respondent, user)
    assert enter(staff, respondent).status_code == 422

    other = signed_agreement(respondent_of(respondent.election, "나래")).respondent
    assert enter(staff, other).status_code == 422
    respondent_left = respondent_of(respondent.election, "다온")
    respondent_left.standing = Standing.LEFT
    respondent_left.save()
    assert enter(staff, respondent_left).status_code == 422


def test_without_demands_there_is_nothing_to_enter(staff, election):
    assert enter(staff, respondent_of(election)).status_code == 422


def test_a_paper_is_refused_with_a_reason_and_entered_anew(staff, respondent, user):
    paper = entered(respondent, user)
    assert decide(staff, paper, do="refuse").status_code == 422
    decide(staff, paper, do="refuse", note="3번 답이 종이와 다릅니다.")
    decide(staff, paper, do="take")

    paper.refresh_from_db()
    assert (paper.state, paper.note) == ("refused", "3번 답이 종이와 다릅니다.")
    assert not PledgeAgreement.objects.exists()
    assert enter(staff, respondent).status_code == 302


def test_the_published_rule_holds_on_paper_too(staff, respondent, user, election):
    election.round.least_accepted = 3
    election.round.save()
    paper = entered(respondent, user)

    decide(staff, paper, do="take")

    paper.refresh_from_db()
    assert paper.state == "waiting"
    assert not PledgeAgreement.objects.exists()


def test_an_agreement_that_came_meanwhile_stands(staff, respondent, user):
    paper = entered(respondent, user)
    signed_agreement(respondent)

    with pytest.raises(AgreementGoneError):
        take_paper(paper, user=staff.user)


def test_the_service_and_the_database_want_two_people(respondent, user):
    paper = entered(respondent, user)
    with pytest.raises(TwoPeopleError):
        take_paper(paper, user=user)
    agreement = take_paper(paper, user=UserFactory())
    assert agreement.text["demands"][-1]["answer"] == "decline"

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperAgreement.objects.update(checked_by=user)


@pytest.mark.parametrize("answer", [("maybe", ""), ("accept_partly", "")])
def test_the_service_refuses_answers_that_say_nothing(respondent, user, answer):
    answers = {str(row.key): answer for row in asked(respondent)}
    with pytest.raises(PaperIncompleteError):
        enter_paper(respondent, answers, facts_of(), SCAN, user=user)


def test_others_have_no_papers(client, respondent, user):
    paper = entered(respondent, user)
    client.force_login(UserFactory(role="연대회의 대표"))
    assert client.get(reverse("pledges_papers"))["Location"] == reverse("wagtailadmin_home")

    client.force_login(UserFactory(role=ROLE))
    for name in ("pledges_paper", "pledges_enter_paper"):
        unknown = "00000000-0000-4000-8000-000000000000"
        assert client.get(reverse(name, args=[unknown])).status_code == 404
    assert paper.pk


def labels_of(user):
    return [(item.url, item.number) for item in agreement_items(user)]


def test_what_waits_for_a_second_look_stands_on_the_desk(staff, respondent, user):
    paper = entered(respondent, staff.user)
    assert labels_of(staff.user) == []  # their own is for somebody else
    assert labels_of(UserFactory(role=ROLE)) == [(reverse("pledges_papers"), 1)]

    agreement = take_paper(paper, user=user)
    propose_void(agreement, "error", "확인이 필요합니다.", user=user)
    assert labels_of(staff.user) == [(reverse("agreements:index"), 1)]


def test_what_waits_for_a_signature_stands_on_the_representatives_desk(election):
    representative = UserFactory(role="연대회의 대표")
    assert labels_of(representative) == []
    signed_agreement(respondent_of(election))

    assert labels_of(representative) == [(reverse("pledges_countersign"), 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    staff, respondent, user, count, django_assert_num_queries
):
    entered(respondent, user)
    for number in range(1, count):
        entered(respondent_of(respondent.election, f"후보{number}"), user)
    staff.get(reverse("pledges_papers"))
    with django_assert_num_queries(18):
        staff.get(reverse("pledges_papers"))

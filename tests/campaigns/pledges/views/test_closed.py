"""What a respondent reads when the door closes while they answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.models import Candidacy, Invitation, PledgeRound, Response
from campaigns.pledges.services.answers import accept_all, begin_response, versions_of
from campaigns.pledges.services.demands import demands_asked
from campaigns.pledges.services.respondents import follow_candidacies

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def leave(invitation):
    Candidacy.objects.update(status="withdrawn")
    assert follow_candidacies(invitation.respondent.election) == 1


def answer_all(invitation):
    response = begin_response(invitation)
    accept_all(invitation, [row.pk for row in demands_asked(versions_of(response))])


def test_whose_candidacy_ended_is_told_so_and_asked_nothing(client, at, invitation):
    leave(invitation)
    page = client.get(at()).content.decode()
    assert "후보 자격이 끝나" in page
    assert client.post(at()).status_code == 409


@pytest.mark.parametrize(
    ("name", "data"), [("sign", {"do": "answers"}), ("decline", {"statement": "사퇴합니다"})]
)
def test_whose_candidacy_ended_while_answering_hands_nothing_in(known, at, invitation, name, data):
    answer_all(invitation)
    leave(invitation)
    page = known.post(at(name), data, follow=True)
    assert page.status_code == 200
    assert "후보 자격이 끝나" in page.content.decode()
    assert Response.objects.get().state == "in_progress"


def test_what_was_not_handed_in_before_the_end_is_not_called_so(known, at, invitation):
    answer_all(invitation)
    over = timezone.now() - timedelta(seconds=1)
    PledgeRound.objects.update(answers_until=over)
    Invitation.objects.update(expires_at=over)
    page = known.get(at("show-answers"), follow=True).content.decode()
    assert "답변을 받았습니다" not in page
    assert "쓰신 내용은 제출되지 않았습니다" in page

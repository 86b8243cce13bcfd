"""게시 중단 on screen: taken down at once, told, objected to, decided."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import Takedown
from campaigns.pledges.services.guards import is_released
from campaigns.pledges.services.takedowns import take_statement_down
from tests.factories.accounts import UserFactory
from tests.factories.pledge_guards import (
    answer_of,
    coming_election,
    declined_response,
    prepared_election,
    released_board,
    request_of,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


def said(target, **values):
    asked = timezone.localtime() - timezone.timedelta(minutes=5)
    return {
        "target": target,
        "reason": "commission",
        "words": "위원회의 요청이 있었습니다.",
        "asked_at": f"{asked:%Y-%m-%d %H:%M}",
        **values,
    }


def take(client, election, **values):
    return client.post(reverse("pledges_take_down", args=[election.pk]), values, follow=True)


def test_a_comment_is_found_by_its_page_and_number(client, staff):
    answer = answer_of(prepared_election())
    respondent = answer.response.respondent
    where = f"https://site.example/pledges/{respondent.public_id}/"

    page = take(
        client, respondent.election, **said("comment", where=where, number=answer.demand.number)
    )

    answer.refresh_from_db()
    assert answer.held_reason == "위원회의 요청이 있었습니다."
    assert respondent.name in page.content.decode()


def test_statement_page_and_board_go_the_same_way(client, staff, campaign_page):
    election = prepared_election()
    released_board(election)
    respondent = declined_response(election).respondent

    take(client, election, **said("statement", where=str(respondent.public_id)))
    take(client, election, **said("page", page=campaign_page.pk))
    take(client, election, **said("board"))

    campaign_page.refresh_from_db()
    assert (campaign_page.live, is_released(election)) == (False, False)
    assert sorted(Takedown.objects.values_list("target", flat=True)) == [
        *("board", "page", "statement")
    ]
    law = client.get(reverse("pledges_law_of", args=[election.pk])).content.decode()
    assert (campaign_page.title in law, respondent.name in law) == (True, True)


@pytest.mark.parametrize(
    "values",
    [
        said("board"),
        said("comment"),
        said("statement"),
        said("page"),
        said("statement", where="https://site.example/pledges/"),
        said("comment", where="00000000-0000-4000-8000-000000000000", number="3"),
        said("board", asked_at="2999-01-01 00:00"),
        said("board", words="지지 표현"),
    ],
)
def test_what_is_not_there_or_missing_is_said_and_nothing_is_lost(client, staff, values):
    response = take(client, coming_election(), **values)

    assert response.status_code == 422
    assert values["words"] in response.content.decode()
    assert not Takedown.objects.exists()


def test_an_answer_that_the_page_does_not_have_is_not_guessed(client, staff):
    answer = answer_of(prepared_election())
    respondent = answer.response.respondent

    where = str(respondent.public_id)
    response = take(client, respondent.election, **said("comment", where=where, number="99"))

    assert response.status_code == 422


def test_told_objected_decided_each_once(client, staff):
    row = take_statement_down(declined_response(coming_election()), request_of(), user=staff)
    at = [row.election_id, row.public_id]
    steps = (
        ("pledges_takedown_tell", {"how": "전화 14:20"}),
        ("pledges_takedown_object", {"words": "사실입니다."}),
        ("pledges_takedown_decide", {"outcome": "restored", "words": "위원회 결정"}),
    )

    for name, values in steps:
        assert client.post(reverse(name, args=at), {}).status_code == 422
        page = client.post(reverse(name, args=at), values, follow=True).content.decode()
        assert "messages" in page
        client.post(reverse(name, args=at), values)

    row.refresh_from_db()
    assert (row.told_how, row.outcome) == ("전화 14:20", "restored")
    for words in ("전화 14:20", "위원회 결정"):
        assert words in page


def test_a_late_objection_is_told(client, staff):
    row = take_statement_down(declined_response(coming_election()), request_of(), user=staff)
    Takedown.objects.update(objection_until=timezone.localdate() - timezone.timedelta(days=1))

    address = reverse("pledges_takedown_object", args=[row.election_id, row.public_id])
    client.post(address, {"words": "늦었습니다."})

    row.refresh_from_db()
    assert row.outcome == ""


def test_the_form_is_shown(client, staff):
    address = reverse("pledges_take_down", args=[coming_election().pk])

    assert client.get(address).status_code == 200

"""선거법 점검: what is kept back and why, and each step that opens it."""

import csv
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import AUDITOR, DIRECTOR
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import Approval, CommissionInquiry
from campaigns.pledges.services.guards import is_released
from campaigns.pledges.text import articles_in_words
from tests.factories.accounts import UserFactory
from tests.factories.network import OrganisationFactory
from tests.factories.pledge_guards import (
    answered_inquiry,
    approval_of,
    coming_election,
    inquiry_of,
    prepared_election,
    released_board,
    respondent_of,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def director(client):
    user = UserFactory(role=DIRECTOR)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"pledges_law{name}", args=args)


def text(response):
    return response.content.decode()


def press(client, address, **values):
    return client.post(address, values, follow=True)


def today():
    return timezone.localdate().isoformat()


def test_the_menu_leads_to_the_nearest_election(client, director):
    far, near = coming_election(300, kind="assembly"), coming_election(60)

    response = client.get(url(""))

    assert response.url == url("_of", near.pk)
    page = text(client.get(response.url))
    assert (far.name in page, url("_of", far.pk) in page) == (True, True)


def test_without_an_election_it_says_what_comes_first(client, director):
    assert client.get(url("")).status_code == 200


def test_everything_kept_back_stands_there_with_its_article(client, director):
    election = coming_election(60)

    page = text(client.get(url("_of", election.pk)))

    for article in ("90, 93", "108-3", "82-8", "103(3)", "108-3, 268"):
        assert articles_in_words(article) in page


def test_from_the_inquiry_to_the_public_board(client, director):
    election = prepared_election()
    press(
        client,
        url("_ask", election.pk),
        **{
            "inquiry-office": "중앙선거관리위원회",
            "inquiry-question": "공개해도 됩니까?",
            "inquiry-sent_on": today(),
        },
    )
    inquiry = CommissionInquiry.objects.get()
    press(client, url("_release", election.pk))
    assert not is_released(election)

    press(
        client,
        url("_answer", election.pk, inquiry.pk),
        **{"answer-verdict": "clear", "answer-answer": "가능", "answer-answered_on": today()},
    )
    page = text(press(client, url("_release", election.pk)))

    assert is_released(election)
    assert url("_release", election.pk) not in page


def test_a_missing_answer_is_answered_for_by_name(client, director):
    election = prepared_election()
    values = {"override-officer": "정다솜", "override-office": "상임대표"}

    refused = press(client, url("_override", election.pk), **values)
    assert (refused.status_code, "정다솜" in text(refused)) == (422, True)
    page = press(
        client, url("_override", election.pk), **values, **{"override-reason": "기한 도과"}
    )

    assert "기한 도과" in text(page)


def test_who_only_works_here_can_not_answer_for_it(client):
    client.force_login(UserFactory(role=PLEDGES))
    election = prepared_election()

    page = text(client.get(url("_of", election.pk)))

    assert url("_override", election.pk) not in page
    assert press(client, url("_override", election.pk)).redirect_chain[-1][0] == reverse(
        "wagtailadmin_home"
    )


def test_who_may_not_see_it_is_not_shown_it(client):
    client.force_login(UserFactory(role=AUDITOR))
    election = coming_election()

    assert client.get(url("_of", election.pk)).status_code == 302
    assert url("") not in text(client.get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("_ask", {"inquiry-office": "어느 위원회", "inquiry-sent_on": "2999-01-01"}),
        ("_ask_approval", {"approval-text": "어느 카드"}),
        ("_add_host", {"host-organisation": "999999"}),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(client, director, name, values):
    response = press(client, url(name, coming_election().pk), **values)

    assert response.status_code == 422
    assert all(
        f'value="{value}"' in text(response) or value in text(response) or value == "999999"
        for value in values.values()
    )


def test_an_answer_that_is_older_than_the_inquiry_is_asked_again(client, director):
    inquiry = inquiry_of(coming_election())

    response = press(
        client,
        url("_answer", inquiry.election_id, inquiry.pk),
        **{"answer-verdict": "clear", "answer-answer": "가능", "answer-answered_on": "2020-01-01"},
    )

    assert response.status_code == 422


@pytest.mark.parametrize(("decision", "state"), [("approve", "approved"), ("refuse", "refused")])
def test_an_approval_is_asked_for_and_decided(client, director, decision, state):
    election = coming_election(30)
    press(
        client,
        url("_ask_approval", election.pk),
        **{"approval-kind": "print", "approval-text": "현황판 인쇄물 100부"},
    )
    row = Approval.objects.get()

    press(client, url("_decide", election.pk, row.pk), decision=decision)
    row.refresh_from_db()
    assert row.state == "waiting"
    press(client, url("_decide", election.pk, row.pk), decision=decision, reason="검토했습니다.")

    row.refresh_from_db()
    assert (row.state, row.decided_by) == (state, director)


def test_hearing_twice_is_told_and_changes_nothing(client, director):
    election = prepared_election()
    inquiry = answered_inquiry(election)
    waiting = inquiry_of(election)
    approval = approval_of("print", election, is_approved=True)
    again = {"inquiry-office": "위원회", "inquiry-question": "다시", "inquiry-sent_on": today()}
    said = {"answer-verdict": "clear", "answer-answer": "가능", "answer-answered_on": today()}

    for address, values in (
        (url("_ask", election.pk), again),
        (url("_answer", election.pk, inquiry.pk), said),
        (url("_ask_approval", election.pk), {"approval-kind": "print", "approval-text": "또"}),
        (url("_decide", election.pk, approval.pk), {"decision": "refuse", "reason": "또또"}),
    ):
        assert "messages" in text(press(client, address, **values))

    assert list(election.inquiries.values_list("state", flat=True)) == ["sent", "cleared"]
    assert [*Approval.objects.values_list("state", flat=True)] == ["approved"]
    assert waiting.state == "sent"


def test_against_an_objection_the_press_is_refused(client, director):
    election = prepared_election()
    answered_inquiry(election, is_clear=False)
    values = {"override-officer": "가", "override-office": "나", "override-reason": "다"}

    press(client, url("_override", election.pk), **values)
    page = text(client.get(url("_of", election.pk)))

    assert not election.overrides.exists()
    assert url("_override", election.pk) not in page


def test_a_barred_organisation_can_not_be_chosen(client, director):
    election = coming_election()
    free = OrganisationFactory(name="나눔연구소")
    barred = OrganisationFactory(name="두레협동조합", kind="cooperative")

    press(client, url("_add_host", election.pk), **{"host-organisation": free.pk})
    refused = press(client, url("_add_host", election.pk), **{"host-organisation": barred.pk})

    assert refused.status_code == 422
    row = election.co_hosts.get()
    assert row.organisation == free
    press(client, url("_remove_host", election.pk, row.pk))
    assert not election.co_hosts.exists()


def test_the_papers_hold_preview_method_and_words(client, director):
    election = prepared_election()
    respondent_of(election, "한가람")

    response = client.get(url("_package", election.pk))

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    paper, board, demands, words = (archive.read(name) for name in archive.namelist())
    assert paper.startswith(b"%PDF")
    assert b"pdfuaid" in paper  # set in our own fonts, readable for everybody
    rows = list(csv.reader(io.StringIO(board.decode("utf-8-sig"))))
    assert rows[1][2:4] == ["한가람", "가온당"]
    assert len(demands.decode().splitlines()) == 4
    assert "지지" in words.decode()


def test_it_costs_the_same_for_many_rows(client, director):
    election = prepared_election()
    released_board(election)
    client.get(url("_of", election.pk))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url("_of", election.pk))
        return len(queries)

    before = cost()
    for number in range(3):
        answered_inquiry(election)
        approval_of(Approval.Kind.values[number], election)
    assert cost() == before


def test_the_first_screen_warns_and_lists_what_waits(client, director):
    election = coming_election(30)
    approval_of("print", election)
    inquiry_of(election)

    page = text(client.get(reverse("wagtailadmin_home")))

    assert url("_of", election.pk) in page
    assert election.name in page
    for days in (200, 5):
        election.vote_on = timezone.localdate() + timezone.timedelta(days=days)
        election.save()
        assert client.get(reverse("wagtailadmin_home")).status_code == 200

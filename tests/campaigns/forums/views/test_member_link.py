import pytest

from campaigns.forums import emails
from campaigns.forums.models import InvitationRequest, Order
from campaigns.forums.views.applying import CODE_LIMIT
from privacy.tokens import mint_token
from tests.campaigns.forums.views.conftest import APPLY, hidden, is_private

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SAME = {"sec-fetch-site": "same-origin"}
ASK = f"{APPLY}member/"


@pytest.fixture
def known(invitation):
    invitation.email_domain = "gaon.example"
    invitation.save()
    return invitation


def ask(client, email):
    return client.post(ASK, {"member_email": email}, headers=SAME)


@pytest.mark.sqlite_smoke
def test_the_answer_does_not_tell_who_is_a_member(client, known):
    answers = [ask(client, f"someone@{domain}.example") for domain in ("gaon", "naru")]

    said = [a.content.decode().replace(hidden(a)["form_key"], "") for a in answers]
    assert said[0] == said[1]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert InvitationRequest.objects.count() == 1


def test_an_address_that_cannot_be_is_named(client, known):
    response = ask(client, "gaon")

    assert response.status_code == 422
    assert "id_member_email_error" in response.content.decode()


def test_links_cannot_be_asked_for_without_end(client, known, clock):
    answers = [ask(client, "someone@gaon.example") for _ in range(CODE_LIMIT + 1)]

    assert answers[-1].status_code == 429
    assert InvitationRequest.objects.count() == CODE_LIMIT


def test_a_reload_of_the_answer_shows_the_form(client, known):
    assert client.get(ASK).status_code == 200


@pytest.mark.sqlite_smoke
def test_the_link_opens_the_session_and_the_form_keeps_it_open(client, register, known, state):
    token = mint_token(emails.INVITATION_TOKEN, str(known.pk), emails.ORDER_LIFETIME)

    page = client.get(f"/t/f/{token}/")

    assert is_private(page)
    assert "2부 대표자 워크숍" in page.content.decode()
    sessions = [str(session.pk) for session in state.sessions]
    assert register(code=hidden(page)["code"], sessions=sessions).status_code == 303
    assert Order.objects.get().invitation == known


@pytest.mark.parametrize(("case", "status"), [("forged", 404), ("expired", 410), ("revoked", 404)])
def test_a_link_that_does_not_open_says_so(client, known, case, status):
    lifetime = emails.ORDER_LIFETIME * (case != "expired")
    token = mint_token(emails.INVITATION_TOKEN, str(known.pk), lifetime)
    if case == "revoked":
        known.revoked_at = known.made_at
        known.save()

    response = client.get(f"/t/f/{'x' * 43 if case == 'forged' else token}/")

    assert response.status_code == status
    assert is_private(response)
    assert "2부 대표자 워크숍" not in response.content.decode()

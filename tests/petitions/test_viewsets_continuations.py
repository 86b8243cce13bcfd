import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import CAMPAIGNER, MODERATOR
from petitions.models import Continuation, Invitation
from tests.factories.accounts import UserFactory
from tests.factories.petitions import ContinuationFactory, PetitionPageFactory, SignatureFactory

pytestmark = pytest.mark.integration

LIST, START = "continued-petitions:index", "continued-petitions:start"


@pytest.fixture
def campaigner(client, db):
    user = UserFactory(role=CAMPAIGNER)
    client.force_login(user)
    return user


@pytest.fixture
def old(petition_page):
    return PetitionPageFactory(parent=petition_page.get_parent(), title="지난 국회에 낸 서명")


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_it_is_started_and_stopped(client, campaigner, old, petition_page):
    chosen = {"old": old.pk, "new": petition_page.pk}
    for _time in range(2):
        client.post(reverse(START), chosen)
    running = Continuation.objects.get()
    assert (running.old, running.new, running.started_by) == (old, petition_page, campaigner)

    client.post(reverse("continued-petitions:stop", args=[running.pk]))

    running.refresh_from_db()
    assert running.stopped_at


def test_what_cannot_be_is_told_and_the_choice_stays(client, campaigner, old, petition_page):
    other = PetitionPageFactory(parent=petition_page.get_parent())
    ContinuationFactory(old=old, new=other)

    for chosen in (
        {"old": old.pk, "new": petition_page.pk},
        {"old": other.pk, "new": other.pk},
        {"old": other.pk},
    ):
        response = client.post(reverse(START), chosen, follow=True)
        assert len(told(response)) == 1
        soup = BeautifulSoup(response.content, "html.parser")
        selected = soup.select_one("select[name=old] option[selected]")
        assert selected["value"] == str(chosen["old"])
    assert Continuation.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_shows_the_progress(client, campaigner, rows, django_assert_max_num_queries):
    for _row in range(rows):
        row = ContinuationFactory(stopped_at=timezone.now())
        for continued_at in (None, timezone.now()):
            Invitation.objects.create(
                continuation=row,
                signature=SignatureFactory(petition=row.old),
                invited_at=timezone.now(),
                continued_at=continued_at,
            )
    client.get(reverse(LIST))

    with django_assert_max_num_queries(16):
        response = client.get(reverse(LIST))

    shown = response.context["object_list"]
    assert [(one.asked, one.went_on) for one in shown] == [(2, 1)] * rows


def test_a_moderator_sees_and_starts_nothing(client, db, old, petition_page):
    client.force_login(UserFactory(role=MODERATOR))

    assert client.get(reverse(LIST)).status_code == 302
    client.post(reverse(START), {"old": old.pk, "new": petition_page.pk})
    assert not Continuation.objects.exists()

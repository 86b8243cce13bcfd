"""The office writes to participants: three screens, no name on any, only one's own forums."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from campaigns.forums import services
from campaigns.forums.apps import EVENTS
from campaigns.forums.emails import LETTER, LETTER_TEST
from campaigns.forums.models import Letter
from messaging.models import OutboxMessage
from privacy.models import AccessEntry
from tests.browser import StaffClient
from tests.campaigns.forums.participant import EMAIL, NAME, asked
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state))


@pytest.fixture
def staff(client):
    client.user = UserFactory(role=EVENTS)
    client.force_login(client.user)
    return client


def said(**told):
    known = {"form_key": str(uuid.uuid4()), "audience": "all", "subject": "점심 안내"}
    return {**known, "body": "식당이 바뀌었습니다.", "is_about_forum": "on", **told}


def address(name, state, *more):
    return reverse(f"forum_{name}", args=[state.page.pk, *more])


def test_from_the_words_to_the_mails(staff, state, order):
    form = staff.get(address("write", state)).content.decode()
    assert f'value="{state.sessions[0].pk}"' in form

    shown = staff.post(address("write", state), said(), follow=True)
    letter = Letter.objects.get()
    text = shown.content.decode()
    assert "식당이 바뀌었습니다." in text
    assert address("send_letter", state, letter.pk) in text
    assert not OutboxMessage.objects.filter(purpose=LETTER).exists()

    staff.post(address("try_letter", state, letter.pk))
    for _twice in range(2):
        shown = staff.post(address("send_letter", state, letter.pk), follow=True)

    assert OutboxMessage.objects.filter(purpose=LETTER_TEST).count() == 1
    assert OutboxMessage.objects.filter(purpose=LETTER).count() == 1
    assert address("send_letter", state, letter.pk) not in shown.content.decode()
    history = staff.get(address("letters", state)).content.decode()
    assert "점심 안내" in history
    assert str(staff.user) in history
    for page in (text, shown.content.decode(), history):
        assert NAME not in page
        assert EMAIL not in page
    assert not AccessEntry.objects.exists()


def test_one_session_is_chosen_and_the_letter_changed(staff, state, order):
    staff.post(address("write", state), said(audience=str(state.sessions[0].pk)))
    letter = Letter.objects.get()
    assert letter.session == state.sessions[0]

    form = staff.get(address("rewrite", state, letter.pk)).content.decode()
    assert "식당이 바뀌었습니다." in form
    staff.post(address("rewrite", state, letter.pk), said(subject="장소 안내"))
    letter.refresh_from_db()
    assert (letter.subject, letter.session, letter.audience) == ("장소 안내", None, "all")

    staff.post(address("drop_letter", state, letter.pk))
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": ""},
        {"audience": "0"},
        {"subject": " "},
        {"body": "주민번호 900101-1234567"},
        {"is_about_forum": ""},
        {"form_key": "x"},
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(staff, state, wrong):
    answer = staff.post(address("write", state), said(**wrong))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Letter.objects.exists()


def test_nobody_to_write_to_and_a_letter_that_went_out_are_told(staff, state):
    staff.post(address("write", state), said())
    letter = Letter.objects.get()
    answer = staff.post(address("send_letter", state, letter.pk), follow=True)
    assert not OutboxMessage.objects.exists()
    assert "messages" in answer.content.decode()

    services.place_order(state, asked(state))
    staff.post(address("send_letter", state, letter.pk))
    staff.post(address("rewrite", state, letter.pk), said(subject="다른 말"))
    staff.post(address("drop_letter", state, letter.pk))
    assert Letter.objects.get().subject == "점심 안내"


def test_once_the_outbox_forgot_the_mails_the_screen_says_so(staff, state, order):
    staff.post(address("write", state), said())
    letter = services.send_letter(Letter.objects.get(), user=staff.user)
    OutboxMessage.objects.all().delete()

    page = staff.get(address("letter", state, letter.pk))

    assert page.context["progress"].known == 0
    assert page.context["number"] == 1


def test_whoever_works_for_one_forum_writes_there_only(state, order):
    user, client = UserFactory(), StaffClient()
    group = Group.objects.get(name=EVENTS)
    GrantFactory(user=user, group=group, scope_kind="event", scope_key=str(state.page.pk))
    client.force_login(user)
    other = ForumPageFactory(parent=state.page.get_parent())

    assert client.get(address("letters", state)).status_code == 200
    client.post(address("write", state), said())
    assert Letter.objects.count() == 1
    for name in ("letters", "write"):
        assert client.get(reverse(f"forum_{name}", args=[other.pk])).status_code == 404


def test_a_letter_of_another_forum_is_not_found(staff, state, order):
    staff.post(address("write", state), said())
    letter = Letter.objects.get()

    wrong = reverse("forum_send_letter", args=[state.page.get_parent().pk, letter.pk])

    assert staff.post(wrong).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_history_costs_as_much_for_one_and_for_three(
    staff, state, order, number, django_assert_max_num_queries
):
    for _each in range(number):
        staff.post(address("write", state), said())
        services.send_letter(Letter.objects.latest("pk"), user=staff.user)

    with django_assert_max_num_queries(24):
        staff.get(address("letters", state))

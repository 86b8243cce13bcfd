"""Whoever keeps the minutes of one body: its meetings and its texts, nobody else's."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.services import sync_roles
from home.network.apps import SECRETARY
from home.network.models import Meeting
from home.network.services import body_scope_choices, rows_of_bodies
from tests.browser import StaffClient
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import NewsIndexPageFactory
from tests.factories.network import BodyFactory, MeetingFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def body():
    return BodyFactory(name="정책위원회")


@pytest.fixture
def other():
    return MeetingFactory(body=BodyFactory(name="교육위원회"))


@pytest.fixture
def secretary(body):
    user = UserFactory(role=SECRETARY, first_name="간사")
    limit_to(user, SECRETARY, body, "body")
    return user


@pytest.fixture
def desk(secretary):
    client = StaffClient()
    client.force_login(secretary)
    return client


def minutes(body, **told):
    words = {"held_on": date(2026, 11, 20), "attendance": 9, "agenda": "하반기 계획", "result": ""}
    return {"body": body.pk, "number": 3, **words, **told}


def test_a_secretary_notes_a_meeting_of_the_own_body(desk, body):
    answer = desk.post(reverse("meetings:add"), minutes(body))

    assert answer.status_code == 302
    assert Meeting.objects.get().attendance == 9


def test_no_other_body_is_offered_or_taken(desk, body, other):
    form = desk.get(reverse("meetings:add")).context["form"]
    refused = desk.post(reverse("meetings:add"), minutes(other.body))

    assert list(form.fields["body"].queryset) == [body]
    assert "body" in refused.context["form"].errors
    assert Meeting.objects.get() == other


def test_a_secretary_sees_and_changes_the_own_meetings(desk, body, other):
    own = MeetingFactory(body=body)
    listed = desk.get(reverse("meetings:index")).context["object_list"]
    desk.post(reverse("meetings:edit", args=[own.pk]), minutes(body, attendance=12))

    own.refresh_from_db()
    assert list(listed) == [own]
    assert own.attendance == 12


@pytest.mark.parametrize("screen", ["edit", "history", "usage"])
def test_no_meeting_of_another_body_opens(desk, other, screen):
    answer = desk.get(reverse(f"meetings:{screen}", args=[other.pk]))

    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("address", ["bodies:index", "organisations:index", "bodies:add"])
def test_a_secretary_keeps_no_other_rows(desk, address):
    assert desk.get(reverse(address)).status_code == 302


def test_a_secretary_deletes_no_meeting(desk, body):
    own = MeetingFactory(body=body)
    desk.post(reverse("meetings:delete", args=[own.pk]))

    assert Meeting.objects.get() == own


def test_what_a_secretary_writes_goes_to_the_approver(secretary, home_page):
    news = NewsIndexPageFactory(parent=home_page)
    sync_roles()
    rights = news.permissions_for_user(secretary)

    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()


def test_without_a_body_there_is_nothing(other):
    client = StaffClient()
    client.force_login(UserFactory(role=SECRETARY))

    assert client.get(reverse("meetings:index")).status_code == 302


def test_who_keeps_all_bodies_is_offered_all(admin_client, body, other):
    form = admin_client.get(reverse("meetings:edit", args=[other.pk])).context["form"]

    assert form.fields["body"].queryset.count() == 2


def test_bodies_that_have_not_ended_can_be_chosen_with_their_parts(body):
    part = BodyFactory(name="분과", parent=body)
    BodyFactory(name="옛 위원회", status="ended")
    keys = rows_of_bodies([str(body.pk), "unknown"])

    assert set(body_scope_choices()) == {(str(one.pk), one.name) for one in (body, part)}
    assert keys == {body.pk, part.pk}

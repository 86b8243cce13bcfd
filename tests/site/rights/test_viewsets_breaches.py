"""Breaches as the officer meets them in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import EDITOR, OFFICER
from rights.models import BreachCase
from rights.models.breaches import ITEMS
from rights.panels import todo_items
from tests.factories.accounts import UserFactory
from tests.factories.breaches import BreachCaseFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/admin/breaches/"


@pytest.fixture
def officer(client):
    client.user = UserFactory(role=OFFICER)
    client.force_login(client.user)
    return client


def step(client, case, name, **data):
    return client.post(reverse("breaches:step", args=[case.pk, name]), data, follow=True)


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_from_the_first_word_to_the_end(officer, django_capture_on_commit_callbacks):
    facts = {
        "title": "분실",
        "discovered_at": "2026-11-26 09:00",
        "data_set": "petitions.signatures",
    }
    officer.post(f"{URL}new/", {**facts, "people_count": 0, **dict.fromkeys(ITEMS, "")})
    case = BreachCase.objects.get()
    assert [item.label for item in todo_items(officer.user)]

    response = step(officer, case, "tell")
    assert str(case._meta.get_field("remedies").verbose_name) in told(response)
    BreachCase.objects.update(**dict.fromkeys(ITEMS, "적음"))
    with django_capture_on_commit_callbacks(execute=True):
        step(officer, case, "tell")
    case.refresh_from_db()
    assert case.mailing_ended_at

    step(officer, case, "publish")
    step(officer, case, "withdraw")
    step(officer, case, "close")
    case.refresh_from_db()
    assert (case.published_at is not None, case.closed_at) == (True, None)
    step(officer, case, "close", outcome="leaked")
    case.refresh_from_db()
    assert case.closed_by == officer.user
    assert step(officer, case, "close", outcome="leaked").status_code == 200


def test_a_closed_case_is_not_rewritten(officer):
    case = BreachCaseFactory(outcome="leaked", closed_at=timezone.now())
    data = {"title": "다르게", "discovered_at": "2026-11-26 09:00", "data_set": case.data_set}

    officer.post(f"{URL}edit/{case.pk}/", {**data, "people_count": 0, **dict.fromkeys(ITEMS, "a")})

    case.refresh_from_db()
    assert case.title != "다르게"


def test_the_list_and_the_case_are_shown(officer):
    overdue = BreachCaseFactory(discovered_at=timezone.now() - timedelta(days=4))
    BreachCaseFactory(outcome="leaked", closed_at=timezone.now())

    assert officer.get(URL).status_code == 200
    assert officer.get(f"{URL}edit/{overdue.pk}/").status_code == 200
    assert any(item.note for item in todo_items(officer.user))


def test_unknown_steps_and_other_roles_find_nothing(officer, client):
    case = BreachCaseFactory()
    assert step(officer, case, "nothing").status_code == 404

    client.force_login(UserFactory(role=EDITOR))
    step(client, case, "publish")
    case.refresh_from_db()
    assert case.published_at is None
    assert todo_items(client.user) is not None

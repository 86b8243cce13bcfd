from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.defaults import CAMPAIGNER, EDITOR
from accounts.models import RightsChange
from accounts.services import give_role
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_role_that_is_over_opens_nothing_at_the_next_request(client, administrator, clock):
    user = UserFactory(role=EDITOR)
    give_role(
        user,
        Group.objects.get(name=CAMPAIGNER),
        granted_by=administrator,
        reason="휴가 대신",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    client.force_login(user)
    assert client.get("/admin/signatures/").status_code == 200

    clock.tick(timedelta(hours=1))

    assert client.get("/admin/signatures/").status_code == 302
    assert [group.name for group in user.groups.all()] == [EDITOR]


def test_wagtails_own_form_is_on_record_with_who_pressed(admin_client, administrator):
    user = UserFactory()
    fields = {
        **{"email": user.email, "first_name": "다솜", "last_name": "정", "is_active": "on"},
        "groups": [Group.objects.get(name=EDITOR).pk],
    }

    response = admin_client.post(f"/admin/users/edit/{user.pk}/", fields)

    assert response.status_code == 302
    change = RightsChange.objects.filter(subject_id=f"user-{user.pk}").latest("sequence")
    assert (change.kind, change.actor) == ("role_given", str(administrator.pk))
    assert change.payload.values["what"] == EDITOR


def test_a_public_page_is_asked_for_nobodys_rights(client, home_page):
    response = client.get("/")

    assert "sessionid" not in response.cookies
    assert "Cookie" not in response.get("Vary", "")

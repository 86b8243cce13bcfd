"""Whoever may see personal data logs in with a second factor, whichever right it is."""

import pytest
from django.contrib.auth.models import Permission

from accounts.defaults import EDITOR
from accounts.models import User
from accounts.registry import is_personal_screen
from accounts.services.factors import needs_factor
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

RIGHTS = ["view_signature", "view_request", "add_exportjob", "view_exportjob", "view_accessentry"]


@pytest.mark.parametrize("codename", RIGHTS)
def test_one_such_right_is_enough_to_need_a_second_factor(home_page, codename):
    user = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", codename]))

    assert needs_factor(User.objects.get(pk=user.pk))
    assert not needs_factor(UserFactory(role=EDITOR))


@pytest.mark.parametrize("path", ["/admin/data-requests/", "/admin/exports/", "/admin/signatures/"])
def test_such_screens_end_sooner(path):
    assert is_personal_screen(path)

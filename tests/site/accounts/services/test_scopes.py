from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from accounts.defaults import MODERATOR, REGIONAL
from accounts.services import holds_somewhere, reach_of
from accounts.services.scopes import ENTER, Reach, forget_grants
from tests.factories.accounts import GrantFactory, UserFactory, limit_to
from tests.factories.home import RegionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

VIEW = "petitions.view_signature"


def test_a_role_reaches_everywhere_and_no_role_nowhere(region):
    assert reach_of(UserFactory(role=MODERATOR), VIEW) == Reach(everywhere=True)
    assert reach_of(UserFactory(), VIEW) == Reach()
    assert not holds_somewhere(AnonymousUser(), VIEW)


@pytest.mark.sqlite_smoke
def test_a_limited_role_reaches_its_region_and_lets_in(region):
    user = UserFactory()
    limit_to(user, MODERATOR, region)

    within = reach_of(user, VIEW).within["region"]
    assert region.pk in within
    assert RegionFactory(code="26").pk not in within
    assert not user.has_perm(VIEW)
    assert user.has_perm(ENTER)
    assert not holds_somewhere(user, "petitions.export_signature")


def test_a_regional_role_has_its_rights_only_within(region):
    user = UserFactory(role=REGIONAL)
    assert not holds_somewhere(user, VIEW)

    limit_to(user, REGIONAL, region)
    forget_grants(user)

    assert holds_somewhere(user, VIEW)
    assert not holds_somewhere(user, "petitions.change_signature")


def test_it_ends_to_the_second_and_with_the_account(region, clock):
    user = UserFactory()
    limit_to(user, MODERATOR, region)
    clock.tick(timedelta(days=14, seconds=-1))
    assert holds_somewhere(user, VIEW)
    clock.tick(timedelta(seconds=1))

    assert not holds_somewhere(user, VIEW)
    assert not user.has_perm(ENTER)
    clock.tick(timedelta(days=-1))
    user.is_active = False
    assert not holds_somewhere(user, VIEW)
    assert not user.has_perm(ENTER)


def test_what_nobody_knows_any_more_limits_to_nothing():
    user = UserFactory()
    moderator = Group.objects.get(name=MODERATOR)
    GrantFactory(user=user, group=moderator, scope_kind="planet", scope_key="3")

    assert not reach_of(user, VIEW)

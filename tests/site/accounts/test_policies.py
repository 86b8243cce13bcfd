import pytest
from django.contrib.auth.models import Group

from accounts.defaults import MODERATOR, REGIONAL
from accounts.policies import ScopedPolicy
from accounts.registry import ScopeKind, register_scope
from petitions.models import Signature
from tests.factories.accounts import GrantFactory, UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

policy = ScopedPolicy(Signature, {"region": "region", "event": "petition"})


@pytest.fixture
def here(petition_page, region):
    return SignatureFactory(petition=petition_page, region=region)


@pytest.fixture
def there(petition_page):
    return SignatureFactory(
        petition=petition_page, region=RegionFactory(code="26", name="부산광역시")
    )


def seen(user, *actions):
    return set(policy.instances_user_has_any_permission_for(user, actions or ("view",)))


@pytest.mark.sqlite_smoke
def test_who_has_the_role_sees_all_and_who_has_none_sees_nothing(here, there):
    assert seen(UserFactory(role=MODERATOR)) == {here, there}
    assert seen(UserFactory()) == set()
    assert not policy.user_has_permission(UserFactory(), "view")


def test_within_a_region_its_rows_alone(here, there):
    user = UserFactory()
    limit_to(user, MODERATOR, here.region)

    assert seen(user) == {here}
    assert policy.user_has_permission(user, "change")
    assert not policy.holds_everywhere(user, "view")
    assert policy.user_has_permission_for_instance(user, "change", here)
    assert not policy.user_has_permission_for_instance(user, "change", there)
    assert not policy.user_has_permission(user, "export")


def test_rights_in_two_regions_add_up_each_in_its_own(here, there):
    user = UserFactory()
    limit_to(user, MODERATOR, here.region)
    limit_to(user, REGIONAL, there.region)

    assert seen(user) == {here, there}
    assert seen(user, "change") == {here}


def test_an_event_limits_by_the_same_way(here, there, monkeypatch):
    monkeypatch.setattr("accounts.registry._scope_kinds", {})
    key = str(here.petition_id)
    rows = lambda keys: frozenset(map(int, keys))  # noqa: E731 - a stand-in of one line
    register_scope(ScopeKind("event", "행사", choices=lambda: [(key, "토론회")], rows=rows))
    user = UserFactory()
    moderator = Group.objects.get(name=MODERATOR)
    GrantFactory(user=user, group=moderator, scope_kind="event", scope_key=key)

    assert seen(user) == {here, there}
    by_region = ScopedPolicy(Signature, {"region": "region"})
    assert not by_region.user_has_permission(user, "view")

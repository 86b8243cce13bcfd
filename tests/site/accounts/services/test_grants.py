from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.utils import timezone

from accounts.defaults import CAMPAIGNER, MODERATOR, REGIONAL
from accounts.exceptions import (
    AlreadyHasRoleError,
    GrantOverError,
    ScopeMissingError,
    UnknownScopeError,
)
from accounts.models import Grant, RightsChange
from accounts.services import carry_out_grants, give_role, take_back
from accounts.services.grants import _carry_out_by_key, carry_out_grants_of
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.home import RegionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def give(user, administrator):
    """Give ``user`` a role, for two weeks unless said otherwise."""

    def give(role=CAMPAIGNER, **terms):
        terms.setdefault("ends_at", timezone.now() + FORTNIGHT)
        group = Group.objects.get(name=role)
        return give_role(user, group, granted_by=administrator, reason="휴가 대신", **terms)

    return give


def roles_of(user):
    return [group.name for group in user.groups.order_by("name")]


def kinds_of(user):
    rows = RightsChange.objects.filter(subject_id=f"user-{user.pk}").order_by("sequence")
    return [row.kind for row in rows]


@pytest.mark.sqlite_smoke
def test_a_role_for_two_weeks_begins_at_once_and_ends_by_itself(give, user, clock):
    grant = give()
    assert roles_of(user) == [CAMPAIGNER]

    clock.tick(FORTNIGHT - timedelta(seconds=1))
    assert carry_out_grants() == 0
    clock.tick(timedelta(seconds=1))
    assert carry_out_grants() == 1
    assert carry_out_grants() == 0

    grant.refresh_from_db()
    assert roles_of(user) == []
    assert grant.ended_at == timezone.now()
    assert kinds_of(user) == ["grant_given", "role_given", "grant_over", "role_taken"]
    reasons = [
        row.payload.values["reason"]
        for row in RightsChange.objects.filter(subject_id=f"user-{user.pk}").order_by("sequence")
    ]
    assert reasons == ["휴가 대신", "휴가 대신", "", ""]


def test_a_role_may_begin_later(give, user, clock):
    give(starts_at=timezone.now() + timedelta(days=1))
    assert roles_of(user) == []

    clock.tick(timedelta(days=1))
    carry_out_grants()

    assert roles_of(user) == [CAMPAIGNER]


def test_a_role_that_was_never_begun_ends_quietly(give, user, clock):
    give(starts_at=timezone.now() + timedelta(days=1))
    clock.tick(FORTNIGHT)

    assert carry_out_grants() == 1

    assert kinds_of(user) == ["grant_given", "grant_over"]


def test_the_rights_end_when_they_are_asked_for(give, user, clock):
    give()
    assert user.has_perm("petitions.export_signature")
    clock.tick(FORTNIGHT)

    carry_out_grants_of(user)

    assert not user.has_perm("petitions.export_signature")
    assert roles_of(user) == []


def test_what_somebody_has_is_not_given_again(give, user):
    give()
    with pytest.raises(AlreadyHasRoleError):
        give()
    user.groups.add(Group.objects.get(name=MODERATOR))
    with pytest.raises(AlreadyHasRoleError):
        give(MODERATOR)

    assert Grant.objects.count() == 1


def test_the_same_limit_is_given_once(give, region):
    give(MODERATOR, scope=("region", region.code))

    with pytest.raises(AlreadyHasRoleError):
        give(MODERATOR, scope=("region", region.code))


def test_taken_back_before_its_time(give, user):
    grant = give()

    take_back(grant, reason="일찍 끝남")

    assert roles_of(user) == []
    assert kinds_of(user)[-2:] == ["grant_taken_back", "role_taken"]
    with pytest.raises(GrantOverError):
        take_back(grant, reason="한 번 더")


def test_taken_out_of_the_group_by_hand_the_grant_is_over(give, user):
    grant = give()

    user.groups.clear()

    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert carry_out_grants() == 0


def test_with_the_account_all_that_was_given_for_a_time_is_over(give, user, region):
    user.groups.add(Group.objects.get(name=MODERATOR))
    give()
    give(CAMPAIGNER, scope=("region", region.code), ends_at=None)

    user.is_active = False
    user.save()

    assert not Grant.objects.open().exists()
    assert roles_of(user) == [MODERATOR]


def test_a_limited_role_is_no_membership(give, user, region):
    grant = give(MODERATOR, scope=("region", region.code), ends_at=None)

    assert roles_of(user) == []
    assert (grant.scope_label, str(grant)) == (region.name, f"{MODERATOR} ({region.name})")


def test_a_role_made_for_regions_needs_one(give):
    with pytest.raises(ScopeMissingError):
        give(REGIONAL)


@pytest.mark.parametrize("scope", [("region", "99"), ("planet", "1")])
def test_nobody_is_limited_to_what_is_not_there(give, scope):
    with pytest.raises(UnknownScopeError):
        give(MODERATOR, scope=scope)


def test_a_regional_role_is_a_membership_until_its_last_region_ends(give, user, region):
    first = give(REGIONAL, scope=("region", region.code))
    second = give(REGIONAL, scope=("region", RegionFactory(code="26", name="부산광역시").code))
    assert roles_of(user) == [REGIONAL]

    take_back(first, reason="끝")
    assert roles_of(user) == [REGIONAL]
    take_back(second, reason="끝")
    assert roles_of(user) == []


def test_a_membership_given_by_hand_stays(give, user, region):
    user.groups.add(Group.objects.get(name=REGIONAL))

    take_back(give(REGIONAL, scope=("region", region.code)), reason="끝")

    assert roles_of(user) == [REGIONAL]


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": None},
        {"reason": ""},
        {"scope_kind": "region"},
        {"scope_key": "52"},
        {"ends_at": timezone.now() - timedelta(days=9)},
    ],
    ids=["without any limit", "no reason", "half a scope", "other half", "ends before it begins"],
)
def test_the_database_refuses_what_makes_no_sense(user, fields):
    with pytest.raises(IntegrityError):
        GrantFactory(user=user, group=Group.objects.get(name=MODERATOR), **fields)


def test_what_ended_meanwhile_is_not_carried_out_again(give, user):
    grant = give()
    take_back(grant, reason="돌아왔습니다")

    assert _carry_out_by_key(grant.pk) is False
    assert roles_of(user) == []

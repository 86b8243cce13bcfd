"""Logging in with password and second factor."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts.defaults import EDITOR, MODERATOR
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.browser import StaffClient
from tests.factories.accounts import PASSWORD, UserFactory, code_of, recovery_codes_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOGIN, CODE = "/admin/login/", "/admin/login/code/"
WRONG = _("The address or the password is not right.")
LOCKED = _("Tried wrongly too often. Please wait ten minutes, then try again.")
CODE_WRONG = _("The code is not right. Please type the one your phone shows now.")
CODE_USED = _("This code was used before. Please wait for the next one.")


@pytest.fixture
def moderator(home_page):
    return UserFactory(role=MODERATOR, factor=True)


def type_password(client, email, password=PASSWORD, address=LOGIN):
    return client.post(address, {"login": email, "password": password})


def is_inside(client):
    return client.get("/admin/").status_code == 200


@pytest.mark.sqlite_smoke
def test_password_and_code_open_the_page_that_was_asked_for(client, moderator):
    asked = client.get("/admin/signatures/")
    assert asked["Location"] == f"{LOGIN}?next=/admin/signatures/"

    after_password = type_password(client, moderator.email, address=asked["Location"])
    assert after_password["Location"] == CODE
    assert not is_inside(client)

    after_code = client.post(CODE, {"code": code_of(moderator)})
    assert after_code["Location"] == "/admin/signatures/"
    assert is_inside(client)


def test_the_address_is_found_in_any_case_and_the_code_with_spaces(client, moderator):
    type_password(client, f" {moderator.email.upper()} ")
    code = code_of(moderator)

    client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})

    assert is_inside(client)


def test_who_sees_no_personal_data_needs_no_second_factor(client, home_page):
    editor = UserFactory(role=EDITOR)

    assert type_password(client, editor.email)["Location"] == "/admin/"
    assert is_inside(client)


def test_who_sees_none_and_chose_a_second_factor_is_asked_for_it(client, home_page):
    editor = UserFactory(role=EDITOR, factor=True)

    assert type_password(client, editor.email)["Location"] == CODE
    assert not is_inside(client)


def test_a_code_works_once(client, moderator):
    code = code_of(moderator)
    type_password(client, moderator.email)
    client.post(CODE, {"code": code})

    cache.clear()  # As another process, which remembers nothing of the first.
    other = StaffClient()
    type_password(other, moderator.email)
    assert str(CODE_USED) in other.post(CODE, {"code": code}).content.decode()
    assert not is_inside(other)

    other.post(CODE, {"code": code_of(moderator, steps=1)})
    assert is_inside(other)


def test_an_older_code_than_the_last_one_does_not_work(client, moderator):
    type_password(client, moderator.email)
    client.post(CODE, {"code": code_of(moderator)})

    other = StaffClient()
    type_password(other, moderator.email)
    other.post(CODE, {"code": code_of(moderator, steps=-1)})

    assert not is_inside(other)


def test_a_recovery_code_works_once(client, moderator):
    code = recovery_codes_of(moderator)[0]
    type_password(client, moderator.email)
    client.post(CODE, {"code": code})
    assert is_inside(client)

    other = StaffClient()
    type_password(other, moderator.email)
    assert str(CODE_WRONG) in other.post(CODE, {"code": code}).content.decode()
    assert not is_inside(other)


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_lock_an_address_whether_it_is_known_or_not(client, moderator, known):
    email = moderator.email if known else "nobody@yeondae.example"
    answers = [type_password(client, email, "틀린 비밀번호").content.decode() for _try in range(5)]
    assert all(str(WRONG) in answer for answer in answers)

    locked = type_password(client, email)

    assert str(LOCKED) in locked.content.decode()
    assert CODE not in locked.get("Location", "")
    mail = OutboxMessage.objects.get(purpose="accounts.locked")
    built = purpose_named(mail.purpose).build(mail.subject)
    assert (built.to if built else None) == (moderator.email if known else None)


def test_a_lock_ends_after_ten_minutes(clock, client, moderator):
    for _try in range(5):
        type_password(client, moderator.email, "틀린 비밀번호")
    clock.tick(timedelta(minutes=9))
    assert str(LOCKED) in type_password(client, moderator.email).content.decode()

    clock.tick(timedelta(minutes=1))
    assert type_password(client, moderator.email)["Location"] == CODE


def test_the_right_password_ends_the_count(client, moderator):
    for _round in range(2):
        for _try in range(4):
            type_password(StaffClient(), moderator.email, "틀린 비밀번호")
        assert type_password(StaffClient(), moderator.email)["Location"] == CODE


def test_five_wrong_codes_lock_the_second_factor(client, moderator):
    type_password(client, moderator.email)
    for _try in range(5):
        assert str(CODE_WRONG) in client.post(CODE, {"code": "000000"}).content.decode()

    assert str(LOCKED) in client.post(CODE, {"code": code_of(moderator)}).content.decode()
    assert not is_inside(client)


def test_who_left_gets_the_answer_of_a_wrong_password(client, moderator):
    moderator.is_active = False
    moderator.save()

    answer = type_password(client, moderator.email)

    assert str(WRONG) in answer.content.decode()
    assert not is_inside(client)


def test_many_tries_from_one_place_are_turned_away(client, home_page):
    for number in range(60):
        client.post(LOGIN, {"login": f"x{number}"})

    answer = client.post(LOGIN, {"login": "y"})

    assert answer.status_code == 429


def test_who_has_no_role_is_told_so(client, home_page):
    user = UserFactory()
    client.force_login(user)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert answer.templates[0].name == "accounts/no_access.html"


def test_the_content_policy_is_strict_where_passwords_are_typed(client, home_page):
    policy = client.get(LOGIN)["Content-Security-Policy"]

    # The order of the directives differs from process to process.
    assert {"default-src 'self'", "script-src 'self'", "style-src 'self'"} <= {*policy.split("; ")}
    assert "unsafe-inline" not in policy


def test_a_foreign_address_is_not_followed(client, moderator):
    type_password(client, moderator.email, address=f"{LOGIN}?next=https://evil.example/")

    assert client.post(CODE, {"code": code_of(moderator)})["Location"] == "/admin/"

"""Codes: six digits, ten minutes, five tries, one use, one browser."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from campaigns.pledges.exceptions import CodeExpiredError, CodeWrongError, TooManyCodesError
from campaigns.pledges.models import IdentityCheck
from campaigns.pledges.services import identity
from campaigns.pledges.services.identity import (
    A_DAY,
    FRESH,
    STAYS,
    ask_code,
    check_that_stands,
    fresh_check,
    pass_code,
)
from campaigns.pledges.tokens import CODE_LIFETIME, mint_code
from evidence.models import Event
from messaging.models import OutboxMessage
from tests.factories.pledge_agreements import BROWSER, invited, passed, respondent_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
OPEN, SIGN = IdentityCheck.Purpose.OPEN, IdentityCheck.Purpose.SIGN


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def code(invitation):
    return mint_code(ask_code(invitation, OPEN, BROWSER))


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_is_six_digits_and_right_once(invitation, code):
    assert len(code) == 6
    assert code.isdecimal()
    pass_code(invitation, OPEN, f" {code[:3]} {code[3:]} ", BROWSER)
    with pytest.raises(CodeExpiredError):
        pass_code(invitation, OPEN, code, BROWSER)


def test_digits_of_full_width_are_the_same_digits(invitation, code):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert pass_code(invitation, OPEN, f"{wide[:3]} {wide[3:]}", BROWSER).passed_at


def test_of_two_presses_in_the_same_moment_one_counts(invitation, code, monkeypatch):
    def while_the_other_one_passes(check, _code):
        IdentityCheck.objects.filter(pk=check.pk).update(passed_at=timezone.now())
        return True

    monkeypatch.setattr(identity, "is_right", while_the_other_one_passes)
    with pytest.raises(CodeExpiredError):
        pass_code(invitation, OPEN, code, BROWSER)
    assert not Event.objects.filter(kind="identity_checked").exists()


def test_five_tries_and_then_the_right_one_is_wrong_too(invitation, code):
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrongError) as refused:
            pass_code(invitation, OPEN, wrong(code), BROWSER)
        assert refused.value.left == left
    with pytest.raises(CodeExpiredError):
        pass_code(invitation, OPEN, code, BROWSER)


def test_ten_minutes(clock, invitation, code):
    clock.tick(CODE_LIFETIME)
    with pytest.raises(CodeExpiredError):
        pass_code(invitation, OPEN, code, BROWSER)


def test_another_browser_another_purpose_and_another_person_pass_nothing(
    election, invitation, code
):
    other = invited(respondent_of(election, "라온"), email="other@candidate.example")
    for who, purpose, browser in (
        (invitation, OPEN, "another browser"),
        (invitation, SIGN, BROWSER),
        (other, OPEN, BROWSER),
    ):
        with pytest.raises(CodeExpiredError):
            pass_code(who, purpose, code, browser)


def test_asking_again_makes_the_first_code_worthless(invitation, code):
    second = mint_code(ask_code(invitation, OPEN, BROWSER))
    if second != code:
        with pytest.raises(CodeWrongError):
            pass_code(invitation, OPEN, code, BROWSER)
    assert pass_code(invitation, OPEN, second, BROWSER)


def test_before_the_mail_is_made_no_code_is_right(invitation):
    ask_code(invitation, OPEN, BROWSER)
    with pytest.raises(CodeWrongError):
        pass_code(invitation, OPEN, "000000", BROWSER)


def test_ten_codes_a_day(clock, invitation):
    for _ in range(A_DAY):
        ask_code(invitation, OPEN, BROWSER)
    with pytest.raises(TooManyCodesError):
        ask_code(invitation, OPEN, BROWSER)
    clock.tick(timedelta(days=1, seconds=1))
    assert ask_code(invitation, OPEN, BROWSER)


def test_a_code_stands_nowhere_in_the_database(invitation, code):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pledges_identitycheck")
        assert code not in repr(cursor.fetchall())
    assert code not in repr(list(OutboxMessage.objects.values()))


def test_how_long_a_browser_may_go_on(clock, invitation):
    check = passed(invitation, OPEN)
    assert check_that_stands(invitation, BROWSER) == check
    assert check_that_stands(invitation, "") is None
    clock.tick(STAYS)
    assert check_that_stands(invitation, BROWSER) is None


def test_a_code_serves_the_press_to_sign_for_a_quarter_of_an_hour(clock, invitation):
    check = passed(invitation)
    assert fresh_check(invitation, BROWSER) == check
    clock.tick(FRESH)
    assert fresh_check(invitation, BROWSER) is None

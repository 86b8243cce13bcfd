import base64
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from privacy.models import Token
from privacy.tokens import (
    TokenExpiredError,
    TokenInvalidError,
    mint_token,
    read_token,
    revoke_tokens,
)

DAY = timedelta(days=1)
PURPOSE, OTHER = "tests.confirm", "tests.deny"


@pytest.mark.sqlite_smoke
def test_a_token_leads_to_its_subject(db):
    token = mint_token(PURPOSE, "42", DAY)

    assert read_token(PURPOSE, token) == "42"
    assert read_token(PURPOSE, token) == "42"


def test_a_token_holds_256_bits_and_fits_an_address(db):
    tokens = {mint_token(PURPOSE, "42", DAY) for _ in range(50)}

    assert len(tokens) == 50
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_only_a_hash_is_stored(db):
    token = mint_token(PURPOSE, "42", DAY)

    row = Token.objects.values().get()

    assert len(row["digest"]) == 32
    assert token not in str(row)
    assert base64.urlsafe_b64decode(token + "=") not in bytes(row["digest"])


def test_a_token_of_another_purpose_is_unknown(db):
    token = mint_token(PURPOSE, "42", DAY)

    with pytest.raises(TokenInvalidError):
        read_token(OTHER, token)


def test_a_row_moved_to_another_purpose_opens_nothing(db):
    token = mint_token(PURPOSE, "42", DAY)
    Token.objects.update(purpose=OTHER)

    for purpose in (PURPOSE, OTHER):
        with pytest.raises(TokenInvalidError):
            read_token(purpose, token)


def test_a_token_works_until_its_last_moment(db, clock):
    token = mint_token(PURPOSE, "42", DAY)
    clock.tick(DAY - timedelta(microseconds=1))
    assert read_token(PURPOSE, token) == "42"

    clock.tick(timedelta(microseconds=1))
    with pytest.raises(TokenExpiredError):
        read_token(PURPOSE, token)


def test_an_expired_token_of_another_purpose_stays_unknown(db, clock):
    token = mint_token(PURPOSE, "42", DAY)
    clock.tick(2 * DAY)

    with pytest.raises(TokenInvalidError):
        read_token(OTHER, token)


@pytest.mark.parametrize("change", [str.upper, lambda t: t[:-1], lambda t: t + "A", lambda _: ""])
def test_a_changed_token_is_unknown(db, change):
    token = mint_token(PURPOSE, "42", DAY)

    with pytest.raises(TokenInvalidError):
        read_token(PURPOSE, change(token))


@given(st.text(max_size=400))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_other_text_is_unknown(db, text):
    with pytest.raises(TokenInvalidError):
        read_token(PURPOSE, text)


def test_revoking_ends_all_tokens_of_a_purpose_and_subject(db):
    gone = [mint_token(PURPOSE, "42", DAY) for _ in range(2)]
    kept = [
        (PURPOSE, "43", mint_token(PURPOSE, "43", DAY)),
        (OTHER, "42", mint_token(OTHER, "42", DAY)),
    ]

    assert revoke_tokens(PURPOSE, "42") == 2

    for token in gone:
        with pytest.raises(TokenInvalidError):
            read_token(PURPOSE, token)
    assert [read_token(purpose, token) for purpose, _, token in kept] == ["43", "42"]
    assert revoke_tokens(PURPOSE, "42") == 0


def test_revoking_may_keep_the_one_in_use_and_take_several_subjects(db):
    in_use, *_others = [mint_token(PURPOSE, subject, DAY) for subject in ("42", "42", "43")]

    assert revoke_tokens(PURPOSE, "42", "43", keep=in_use) == 2

    assert read_token(PURPOSE, in_use) == "42"

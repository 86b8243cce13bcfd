from datetime import timedelta

import pytest

from messaging.tokens import LIFETIME, read_unsubscribe_token, unsubscribe_url
from privacy.tokens import TokenExpiredError, TokenInvalidError, mint_token

INDEX = b"i" * 32


def token_of(url):
    return url.split("/")[-2]


def test_the_link_leads_to_the_blind_index_of_an_address(db, settings):
    settings.SITE_URL = "https://yeondae.example"

    url = unsubscribe_url(INDEX)

    assert url.startswith("https://yeondae.example/t/u/")
    assert read_unsubscribe_token(token_of(url)) == INDEX
    assert INDEX.hex() not in url


def test_the_link_of_an_old_mail_still_works(db, clock):
    url = unsubscribe_url(INDEX)

    clock.tick(LIFETIME - timedelta(seconds=1))
    assert read_unsubscribe_token(token_of(url)) == INDEX
    clock.tick(timedelta(seconds=1))
    with pytest.raises(TokenExpiredError):
        read_unsubscribe_token(token_of(url))


def test_a_token_for_something_else_stops_nothing(db):
    token = mint_token("petitions.confirm", INDEX.hex(), LIFETIME)

    with pytest.raises(TokenInvalidError):
        read_unsubscribe_token(token)

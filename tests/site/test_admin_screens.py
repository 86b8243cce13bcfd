"""No screen of ours is without a way to it; the e2e test of accessibility walks these ways."""

import re

import pytest

from tests.crawl import our_screens, our_views
from tests.factories.accounts import UserFactory
from tests.factories.desk import fill_desk

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What is no screen, or is not reached from another one.
ELSEWHERE = re.compile(
    # Parts of lists; files; what the browser says by itself.
    r".*_results$|exports:manifest$|short-links:qr$|activity$|back_again$"
    # What a search answers: tests/e2e/test_staff_can_use_it.py
    r"|signatures:lift-block$|payments_split$"
    # Only where cards are taken: tests/e2e/test_treasurer_looks_at_cards.py
    r"|payments_(retry_refund|from_company|not_from_company|card_books)$"
    # Of one month among several: tests/e2e/test_treasurer_closes_a_month.py
    r"|payments_(ask_to_reopen|reopen_month)$"
    # Wagtail's, but for who may open them: tests/home/network/viewsets/test_secretaries.py
    r"|meetings:(history|usage)$"
    # What was chosen to be signed: tests/e2e/test_staff_can_use_it.py
    r"|pledges_(sign_)?batch$"
    # The log-in: tests/e2e/test_staff_log_in.py
    r"|account_login$|account_reauthenticate$|mfa_(re)?authenticate(_webauthn)?$"
    r"|mfa_activate_totp$|mfa_remove_webauthn$|forgotten_password$"
)


def test_a_way_leads_to_each_screen_that_we_wrote(client, petition_page):
    admin = UserFactory(administrator=True, factor=True, last_name="하")
    pages = fill_desk(petition_page, admin)
    client.force_login(admin)

    screens = our_screens(client, pages)

    assert len(screens.addresses) > 60
    assert {name for name in our_views() - screens.reached if not ELSEWHERE.match(name)} == set()

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from evidence.models import EventValues
from evidence.panels import REASONS, red_line
from evidence.services import check_everything
from evidence.verifier import SAYS
from tests.factories.accounts import UserFactory
from tests.factories.evidence import EventFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def officer(db):
    user = UserFactory()
    rights = ["view_evidencecheck", "access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def forge():
    EventFactory()
    EventValues.objects.update(values={})
    check_everything()


def test_the_first_screen_says_where_and_why_the_evidence_does_not_hold(client, officer):
    forge()
    client.force_login(officer)

    html = client.get("/admin/").content.decode()

    assert "<code>tests.paper 1 #1</code>" in html
    assert "help-critical" in html


def test_nothing_is_said_while_all_is_well(client, officer):
    assert red_line(officer) is None
    EventFactory()
    check_everything()

    assert red_line(officer) is None


def test_the_first_screen_says_that_nobody_checked_for_days(clock, client, officer):
    check_everything()
    clock.tick(timedelta(days=3))
    client.force_login(officer)

    assert "help-warning" in client.get("/admin/").content.decode()


def test_a_later_check_takes_the_line_away(officer):
    forge()
    assert red_line(officer)
    EventValues.objects.all().delete()
    check_everything()

    assert red_line(officer) is None


def test_who_has_nothing_to_do_with_it_is_not_told(db):
    forge()

    assert red_line(UserFactory()) is None


def test_each_reason_that_the_site_can_find_has_its_words():
    assert set(REASONS) == set(SAYS) - {"not as noted"}  # That needs somebody who noted one.

"""The demo's full meeting: seats taken, one offer open, a line behind it."""

import pytest

from campaigns.forums.models import WaitingEntry
from demo.content import load_pages
from demo.waiting import load_waiting
from tests.campaigns.forums.waiter import State, assert_sound

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_one_has_an_offer_and_the_others_wait(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    load_pages()

    load_waiting()
    load_waiting()

    states = list(WaitingEntry.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.OFFERED, *[State.WAITING] * 3]
    assert_sound()


def test_without_its_page_there_is_no_list():
    load_waiting()

    assert not WaitingEntry.objects.exists()

import pytest

from messaging import registry
from messaging.exceptions import UnknownPurposeError
from messaging.registry import Sender, current_sender, purpose_named, set_sender


@pytest.fixture(autouse=True)
def _keep_sender():
    before = registry._sender[:]
    yield
    registry._sender[:] = before


def test_a_purpose_is_found_by_its_name(letters):
    assert (purpose_named("tests.letter").bulk, purpose_named("tests.letter").label) == (
        False,
        "편지",
    )
    assert (purpose_named("tests.news").bulk, purpose_named("tests.news").label) == (
        True,
        "tests.news",
    )


def test_an_unknown_purpose_is_refused():
    with pytest.raises(UnknownPurposeError):
        purpose_named("tests.letter")


def test_the_sender_is_asked_for_each_time():
    names = iter(["가", "나"])
    set_sender(lambda: Sender(next(names)))

    assert [current_sender().name, current_sender().name] == ["가", "나"]


def test_without_a_name_the_site_itself_sends(settings):
    settings.WAGTAIL_SITE_NAME = "연대"
    set_sender(lambda: Sender("", phone="02", email="a@b.kr"))
    assert current_sender() == Sender("연대", email="a@b.kr")

    registry._sender.clear()
    assert current_sender() == Sender("연대")

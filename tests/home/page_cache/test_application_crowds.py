import threading

import pytest

from home.page_cache.entries import LIFETIME_SECONDS
from home.publishing import bump_public_version, public_version

from .site import ask

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


class Gate:
    """A body that is ready when the test says so."""

    def __init__(self):
        self.entered = threading.Semaphore(0)
        self.opened = threading.Event()

    def __call__(self):
        self.entered.release()
        assert self.opened.wait(10)
        return b"built"


@pytest.fixture
def gate():
    return Gate()


def _visitors(cache, number):
    heard = []
    threads = [
        threading.Thread(target=lambda: heard.append(ask(cache).body)) for _ in range(number)
    ]
    for thread in threads:
        thread.start()
    return threads, heard


def _until_done(threads):
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_one_builds_and_the_first_visitors_wait(cache, site, gate):
    site.body = gate
    threads, heard = _visitors(cache, 5)
    assert gate.entered.acquire(timeout=10)

    gate.opened.set()
    _until_done(threads)

    assert heard == [b"built"] * 5
    assert len(site.seen) == 1


@pytest.mark.django_db(transaction=True)
def test_the_page_of_before_is_given_while_one_builds(cache, site, gate):
    ask(cache)
    [entry] = cache.entries.values()
    object.__setattr__(entry, "made", entry.made - LIFETIME_SECONDS)
    site.body = gate
    builder, built = _visitors(cache, 1)
    assert gate.entered.acquire(timeout=10)

    assert ask(cache).body == b"page"

    gate.opened.set()
    _until_done(builder)
    assert built == [b"built"]
    assert ask(cache).body == b"built"


@pytest.mark.django_db(transaction=True)
def test_the_page_of_before_is_not_given_once_something_was_published(cache, site, gate):
    ask(cache)
    bump_public_version()
    public_version()
    site.body = gate
    threads, heard = _visitors(cache, 3)
    assert gate.entered.acquire(timeout=10)

    gate.opened.set()
    _until_done(threads)

    assert heard == [b"built"] * 3


@pytest.mark.django_db(transaction=True)
def test_answers_that_are_not_kept_are_made_side_by_side(cache, site):
    site.headers.append(("Vary", "Cookie"))
    side_by_side = threading.Barrier(2, timeout=10)

    def meet():
        side_by_side.wait()
        return b"built"

    site.body = meet
    # Somebody has just built and had nothing to keep.
    cache.building[("http", "testserver", "/")] = threading.Lock()
    threads, heard = _visitors(cache, 2)
    _until_done(threads)

    assert heard == [b"built"] * 2

import subprocess
import sys
import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from wagtail.models import PageViewRestriction, Site

from home import publishing
from home.models import PublicVersion, SiteSettings
from home.publishing import UntilPublished, bump_public_version, public_version
from tests.conftest import publish
from tests.factories.home import ImageFactory, StandardPageFactory

pytestmark = pytest.mark.unit


@pytest.fixture
def _counts_do_not_depend_on_speed():
    """Here the second that ends is what is tested."""


def number():
    return PublicVersion.objects.values_list("number", flat=True).filter(pk=1).first() or 0


@pytest.mark.django_db(transaction=True)
def test_the_number_rises_with_the_commit():
    before = number()

    with transaction.atomic():
        bump_public_version()
        assert number() == before
    assert number() == before + 1

    with transaction.atomic():
        bump_public_version()
        transaction.set_rollback(True)
    assert number() == before + 1


@pytest.mark.django_db(transaction=True)
def test_the_first_rise_makes_the_row():
    PublicVersion.objects.all().delete()

    bump_public_version()
    bump_public_version()

    assert number() == public_version() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda page: publish(page),
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.move(StandardPageFactory(parent=page.get_parent()), pos="last-child"),
        lambda page: _rename(page),
        lambda page: SiteSettings.for_site(Site.objects.get()).save(),
        lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda page: ImageFactory(),
    ],
    ids=["publish", "unpublish", "delete", "move", "slug", "settings", "privacy", "picture"],
)
def test_every_public_change_raises_the_number(
    home_page, change, django_capture_on_commit_callbacks
):
    page = publish(StandardPageFactory(parent=home_page))
    before = number()

    with django_capture_on_commit_callbacks(execute=True):
        change(page)

    assert number() > before


def _rename(page):
    page.slug = "renamed"
    page.save()


def test_saving_a_draft_leaves_the_number(home_page, django_capture_on_commit_callbacks):
    page = publish(StandardPageFactory(parent=home_page))
    before = number()

    with django_capture_on_commit_callbacks(execute=True):
        page.title = "아직 쓰는 중"
        page.save_revision()

    assert number() == before


def test_the_number_is_asked_for_once_a_second(db, clock, django_assert_num_queries):
    with django_assert_num_queries(1):
        public_version()
        public_version()
    clock.tick(1)

    with django_assert_num_queries(1):
        public_version()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_change_in_another_process_is_heard_within_two_seconds(process_environment):
    bump_public_version()
    before = public_version()
    script = (
        "import django; django.setup(); from home.publishing import bump_public_version as b; b()"
    )
    subprocess.run([sys.executable, "-c", script], env=process_environment, check=True, timeout=60)
    ended = time.monotonic()

    while public_version() == before:
        assert time.monotonic() - ended < 2
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_the_last_number_stands_while_the_database_is_away(clock):
    bump_public_version()
    before = public_version()
    clock.tick(2)

    with unreachable():
        assert public_version() == before

    bump_public_version()
    assert public_version() == before + 1


@pytest.mark.django_db(transaction=True)
def test_while_one_asks_the_others_go_on(clock):
    bump_public_version()
    before = public_version()
    clock.tick(2)

    with publishing._lock:
        seen = []
        thread = threading.Thread(target=lambda: seen.append(public_version()))
        thread.start()
        thread.join(5)

    assert seen == [before]


def test_kept_values_are_read_once(db):
    read = Reader()
    kept = UntilPublished(read)

    assert [kept("a"), kept("a"), kept("b")] == ["a1", "a1", "b2"]


@pytest.mark.django_db(transaction=True)
def test_kept_values_are_read_anew_after_a_change():
    kept = UntilPublished(Reader())
    kept("a")

    bump_public_version()

    assert kept("a") == "a2"


def test_kept_values_grow_old(db, clock):
    kept = UntilPublished(Reader(), seconds=30)
    kept("a")
    clock.tick(29)
    assert kept("a") == "a1"

    clock.tick(1)
    assert kept("a") == "a2"


def test_that_there_is_nothing_is_not_kept(db):
    kept = UntilPublished(lambda _key: None)

    for key in range(300):
        assert kept(key) is None

    assert kept.kept == {}


def test_no_more_is_kept_than_there_is_room_for(db):
    kept = UntilPublished(Reader())
    for key in range(publishing.CAPACITY + 5):
        kept(key)

    assert len(kept.kept) == 5


def test_forgetting_reads_anew(db):
    kept = UntilPublished(Reader())
    kept("a")
    kept.forget()
    assert kept("a") == "a2"

    publishing.forget_everything()
    assert kept("a") == "a3"


def test_what_was_read_is_given_while_the_database_is_away(db, clock):
    read = Reader()
    kept = UntilPublished(read, seconds=30)
    kept("a")
    clock.tick(3600)
    read.failure = OperationalError("gone")

    assert kept("a") == "a1"
    with pytest.raises(OperationalError):
        kept("b")

    read.failure = None
    assert kept("a") == "a4"


class Reader:
    """Reads a value that tells which reading it is; fails when told to."""

    def __init__(self):
        self.times = 0
        self.failure = None

    def __call__(self, key):
        self.times += 1
        if self.failure:
            raise self.failure
        return f"{key}{self.times}"


def unreachable():
    """A database whose every statement fails as if the connection were lost."""

    def fail(*_args):
        raise OperationalError("server closed the connection unexpectedly")

    return connection.execute_wrapper(fail)

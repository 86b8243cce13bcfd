from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from home.registry import action_notes, read_figure
from petitions.models import PetitionPage, Signature
from petitions.presenters import PetitionPresenter, SignerPresenter, shown_name
from petitions.services.count import LiveCount
from tests.factories.petitions import PetitionPageFactory, SignatureFactory, TallyFactory

pytestmark = pytest.mark.unit

Display = Signature.NameDisplay
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)  # noon in Seoul


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def presenter(db):
    """Presents an open petition: ``presenter(confirmed=…, closes_at=…)``."""

    def present(confirmed=0, paper=0, **fields):
        page = PetitionPage(title="의결해 주십시오", goal_steps="100, 500", **fields)
        return PetitionPresenter(page, LiveCount(confirmed - paper, paper, NOW), NOW)

    return present


@pytest.mark.parametrize(
    ("confirmed", "goal", "percent", "remaining"),
    [
        (0, 100, 0, 100),
        (1, 100, 1, 99),
        (99, 100, 99, 1),
        (100, 500, 20, 400),
        (333, 500, 66.6, 167),
    ]
    + [(500, 500, 100, 0), (777, 500, 100, 0)],
)
def test_the_goal_steps_up(presenter, confirmed, goal, percent, remaining):
    shown = presenter(confirmed=confirmed, paper=confirmed // 2)

    assert (shown.goal, shown.percent, shown.remaining) == (goal, percent, remaining)


@pytest.mark.parametrize(
    ("closes_at", "days_left"),
    [
        (None, ""),
        (datetime(2026, 11, 24, 3, tzinfo=UTC), "Closed"),
        (datetime(2026, 11, 24, 3, 1, tzinfo=UTC), "Closes today"),
        (datetime(2026, 11, 24, 14, 59, tzinfo=UTC), "Closes today"),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), "Closes today"),  # midnight in Seoul
        (datetime(2026, 11, 24, 15, 1, tzinfo=UTC), "D-1"),
        (datetime(2026, 12, 6, 12, tzinfo=UTC), "D-12"),
    ],
)
def test_days_left_are_days_in_seoul(presenter, closes_at, days_left):
    assert presenter(closes_at=closes_at).days_left == days_left


def test_a_petition_may_open_later(presenter):
    later = presenter(opens_at=NOW + timedelta(seconds=1))
    opened = presenter(opens_at=NOW)

    assert (later.is_open, later.opens_later) == (False, True)
    assert (opened.is_open, opened.opens_later) == (True, False)
    assert presenter().opens_later is False
    assert (later.days_left, opened.days_left) == ("Opens soon", "")


def test_a_draft_has_no_address_to_count_at(presenter):
    shown = presenter()

    assert shown.count_url == ""
    assert (shown.recent_signers, shown.comments) == ([], [])


def test_a_live_petition_has_addresses(petition_page):
    shown = PetitionPresenter(petition_page, LiveCount(0, 0, NOW), NOW)

    assert shown.count_url == "/campaigns/basic-act/petition/count.json"
    assert shown.share_url == "http://testserver/campaigns/basic-act/petition/"


@pytest.mark.parametrize(
    ("name", "display", "shown"),
    [
        ("홍길동", Display.FULL, "홍길동"),
        ("홍길동", Display.SURNAME, "홍○○"),
        ("남궁민수", Display.SURNAME, "남궁○○"),
        ("홍길동", Display.HIDDEN, "A citizen who stays unnamed"),
        (None, Display.FULL, "A citizen who stays unnamed"),
        (None, Display.SURNAME, "A citizen who stays unnamed"),
    ],
)
def test_a_name_is_shown_as_its_owner_lets_it(name, display, shown):
    assert shown_name(Signature(name=name, name_display=display)) == shown


def test_recent_signers_are_the_latest_confirmed_ones(petition_page):
    for minute in range(7):
        moment = NOW + timedelta(minutes=minute)
        SignatureFactory(
            petition=petition_page,
            confirmed=True,
            created_at=moment,
            name=f"서명{minute}",
            name_display=Display.FULL,
        )
    SignatureFactory(petition=petition_page, name="미확인", name_display=Display.FULL)
    SignatureFactory(petition=petition_page, withdrawn=True)
    SignatureFactory(petition=petition_page, invalidated=True, name_display=Display.FULL)
    SignatureFactory(
        petition=PetitionPageFactory(parent=petition_page.get_parent()), confirmed=True
    )

    shown = PetitionPresenter(petition_page, LiveCount(7, 0, NOW), NOW).recent_signers

    assert [signer.name for signer in shown] == [f"서명{minute}" for minute in (6, 5, 4, 3, 2)]
    assert {(signer.region, signer.comment) for signer in shown} == {("서울", "")}


def test_nothing_is_decrypted_that_is_not_shown(petition_page):
    SignatureFactory(petition=petition_page, confirmed=True, commented=True)
    presenter = PetitionPresenter(petition_page, LiveCount(1, 0, NOW), NOW)

    with CaptureQueriesContext(connection) as asked:
        assert len(presenter.recent_signers) == len(presenter.comments) == 1

    read = [
        [
            name
            for name in ("name", "email", "comment")
            if f'"{name}"' in query["sql"].partition("FROM")[0]
        ]
        for query in asked
    ]
    assert read == [["name", "comment"]]


def test_only_read_comments_are_shown(petition_page):
    for status in Signature.CommentStatus.values[1:]:
        SignatureFactory(
            petition=petition_page,
            confirmed=True,
            commented=True,
            comment=f"{status} 한마디",
            comment_status=status,
            name_display=Display.SURNAME,
        )
    SignatureFactory(petition=petition_page, commented=True)

    [shown] = PetitionPresenter(petition_page, LiveCount(0, 0, NOW), NOW).comments

    assert (shown.name, shown.comment) == ("홍○○", "published 한마디")


@pytest.mark.parametrize("rows", [1, 3])
def test_signers_are_read_with_one_query(petition_page, rows, django_assert_num_queries):
    SignatureFactory.create_batch(rows, petition=petition_page, confirmed=True)
    presenter = PetitionPresenter(petition_page, LiveCount(rows, 0, NOW), NOW)

    with django_assert_num_queries(1):
        assert len(presenter.recent_signers) == rows
        assert len(presenter.recent_signers) == rows


def test_signers_see_their_own_choice(db):
    row = Signature(name_display=Display.SURNAME, created_at=timezone.now())

    assert SignerPresenter(row, []).name_display == "Family name only"


@pytest.mark.postgres
def test_recent_signers_are_read_from_their_index(petition_page):
    with connection.cursor() as cursor:
        # However few rows the planner believes in, it sorts them only where no index has the order.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = Signature.objects.filter(petition=petition_page).latest_first()[:5].explain()

    assert "petitions_recent_signers" in plan
    assert "Sort" not in plan


def test_signatures_that_count_are_a_figure_for_reports(petition_page):
    this_year = timezone.now().replace(year=2026, month=3)
    TallyFactory(petition=petition_page, online=9, paper=3)
    SignatureFactory(petition=petition_page, confirmed=True, confirmed_at=this_year)
    SignatureFactory(
        petition=petition_page, confirmed=True, confirmed_at=this_year.replace(year=2025)
    )
    SignatureFactory(petition=petition_page)

    assert (read_figure("signatures", None), read_figure("signatures", 2026)) == (12, 1)


def test_without_petitions_the_figure_is_zero(db):
    assert read_figure("signatures", None) == 0


def test_a_card_elsewhere_says_how_many_signed(petition_page, home_page, django_assert_num_queries):
    unsigned = PetitionPageFactory(parent=petition_page.get_parent())
    TallyFactory(petition=petition_page, online=12345)
    TallyFactory(petition=unsigned)

    petitions = list(PetitionPage.objects.filter(pk__in=[petition_page.pk, unsigned.pk]))
    with django_assert_num_queries(1):
        notes = action_notes([*petitions, home_page])

    assert list(notes) == [petition_page.pk]
    assert "12,345" in notes[petition_page.pk]
    with django_assert_num_queries(0):
        assert action_notes([home_page]) == {}

"""Time travel: the nightly jobs walk through the years, and everything goes on its day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from home.dates import months_after
from messaging.emails import NEWS_REMINDER
from messaging.models import NewsChoice, OutboxMessage, Subscriber
from messaging.services import remind_subscribers, stop_news
from petitions import services
from petitions.models import Signature
from petitions.services import news
from privacy.blind_index import address_index
from privacy.models import ConsentRecord, Token
from rights.models import DestructionRecord
from rights.services import check_ledger, destroy_due
from tests.factories.campaigns import HandOverFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.petitions.citizen import cleaned

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SEOUL = ZoneInfo("Asia/Seoul")
BEGINNING = date(2026, 11, 24)
READER, SIGNER, LATE = "reader@mail.example", "signer@mail.example", "late@mail.example"


class Years:
    """The site from one night to the next. The mails of a day are out by night."""

    def __init__(self, clock):
        self.clock, self.today = clock, BEGINNING

    def at_night_of(self, day):
        """Go there a month at a time, as the worker does each night; then the night itself."""
        while months_after(self.today, 1) < day:
            self._night(months_after(self.today, 1))
        self._night(day)

    def _night(self, day):
        self.today = day
        self.clock.move_to(datetime(day.year, day.month, day.day, 3, 20, tzinfo=SEOUL))
        OutboxMessage.objects.finished().update(state=OutboxMessage.State.SENT)
        OutboxMessage.objects.unfinished().update(
            state=OutboxMessage.State.SENT, sent_at=datetime.now(SEOUL)
        )
        destroy_due()
        news.gather_subscribers()
        remind_subscribers()
        services.fold_counts()


@pytest.fixture
def years(state, clock):
    clock.move_to(datetime(2026, 11, 24, 12, tzinfo=SEOUL))
    for email, agrees in ((READER, True), (SIGNER, False), (LATE, False)):
        attempt = services.sign_petition(state, cleaned(email=email, consent_news=agrees))
        if email != LATE:
            services.confirm_signature(attempt.public_id)
    return Years(clock)


@pytest.fixture
def never_handed_over(years, petition_page, region):
    page = PetitionPageFactory(parent=petition_page.get_parent())
    return SignatureFactory(petition=page, region=region, confirmed=True)


def people():
    rows = Signature.objects.with_person().order_by("pk")
    return [row.email for row in rows]


def reminders():
    return OutboxMessage.objects.filter(purpose=NEWS_REMINDER).count()


def test_everything_goes_on_its_day(years, state, petition_page, never_handed_over):
    other = never_handed_over.email
    years.at_night_of(BEGINNING + timedelta(days=30))
    assert people() == [READER, SIGNER, LATE, other]
    years.at_night_of(BEGINNING + timedelta(days=31))
    assert people() == [READER, SIGNER, other]

    campaign = petition_page.get_parent().specific
    HandOverFactory(page=campaign, signatures_of=petition_page, handed_over_on=date(2027, 1, 15))
    years.at_night_of(date(2027, 7, 15))
    assert people() == [READER, SIGNER, other]
    years.at_night_of(date(2027, 7, 16))
    assert people() == [other]
    assert Subscriber.objects.get().email == READER
    standing = ConsentRecord.objects.filter(withdrawn_at=None)
    assert [record.slug for record in standing] == ["news"]

    years.at_night_of(date(2028, 10, 24))
    assert reminders() == 0
    years.at_night_of(date(2028, 10, 25))
    assert reminders() == 1
    years.at_night_of(date(2028, 11, 24))
    assert people() == [other]
    years.at_night_of(date(2028, 11, 25))
    assert people() == []

    years.at_night_of(date(2029, 11, 24))
    _nothing_of_the_signers_is_left(state)
    _the_proofs_go_three_years_later(years)


def _nothing_of_the_signers_is_left(state):
    """After three years: numbers, one mailbox that wants news, and what proves what was done."""
    row = Signature.objects.filter(petition=state.petition_id).first()
    assert (row.name, row.name_index, row.email, row.email_index, row.comment) == (None,) * 5
    assert (row.status, row.number) == ("confirmed", 1)
    assert services.live_count(state.petition_id).confirmed == 2
    assert services.recount() == {}
    assert not (Token.objects.exists() or NewsChoice.objects.exists())  # noqa: PT018 (one promise)
    assert Subscriber.objects.get().email == READER
    destroyed = DestructionRecord.objects.filter(data_set="petitions.signatures")
    lines = destroyed.order_by("destroyed_at").values_list("rule", "count", "due_from")
    assert list(lines) == [
        ("signatures_unconfirmed", 1, date(2026, 12, 24)),
        ("signatures_over", 2, date(2027, 7, 16)),
        ("signatures_over", 1, date(2028, 11, 25)),
    ]
    assert all(check_ledger(year).holds for year in range(2026, 2030))


def _the_proofs_go_three_years_later(years):
    """What the signer agreed to is proven until 2030, the reader's news until they stop it."""
    stop_news(address_index(READER))
    assert not Subscriber.objects.exists()
    years.at_night_of(date(2030, 7, 16))
    before = ConsentRecord.objects.values("subject").distinct().count()
    years.at_night_of(date(2030, 7, 17))
    assert (before, ConsentRecord.objects.values("subject").distinct().count()) == (2, 1)

    years.at_night_of(date(2032, 11, 24))
    assert ConsentRecord.objects.exists()
    years.at_night_of(date(2032, 11, 25))
    assert not ConsentRecord.objects.exists()

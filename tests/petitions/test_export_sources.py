"""Which rows of a petition leave the site, and which never do."""

import pytest
from django.utils import timezone

from messaging.services import stop_news
from petitions.export_sources import SOURCES, PetitionChoice, RollChoice, StatusChoice
from petitions.services import withdraw_signature
from privacy.models import ConsentVersion
from privacy.services import withdraw_consent
from tests.factories.accounts import UserFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.factories.privacy import ConsentRecordFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROLL, ALL, NEWS = SOURCES


@pytest.fixture
def petition(home_page):
    return PetitionPageFactory()


@pytest.fixture
def user(db):
    return UserFactory(administrator=True)


def agree(row, slug, choice=True):
    version = ConsentVersion.objects.filter(definition__slug=slug).latest("number")
    ConsentRecordFactory(version=version, subject=row.public_id, choice=choice)


def exported(source, petition, user, **options):
    options = {"petition": petition.pk, **options}
    rows = list(source.records(options, user))
    assert source.count(options, user) == len(rows)
    assert all(len(row.cells) == len(source.columns(options)) for row in rows)
    return [list(row.cells) for row in rows]


def test_the_roll_holds_only_who_agreed_to_be_listed(petition, user):
    """korea.md 3.10, test 5."""
    listed = SignatureFactory(petition=petition, confirmed=True, name="고은별")
    refused = SignatureFactory(petition=petition, confirmed=True, name="남하늘")
    SignatureFactory(petition=petition, confirmed=True, name="문샛별")
    unconfirmed = SignatureFactory(petition=petition, name="변아람")
    for row, choice in ((listed, True), (refused, False), (unconfirmed, True)):
        agree(row, "roll", choice)

    assert exported(ROLL, petition, user) == [["1", "고은별", listed.region.name]]


def test_who_took_the_consent_back_is_not_listed(petition, user):
    row = SignatureFactory(petition=petition, confirmed=True)
    agree(row, "roll")
    withdraw_consent(row.public_id, "roll")

    assert exported(ROLL, petition, user) == []


def test_a_petition_that_asks_nobody_lists_nobody(home_page, user):
    petition = PetitionPageFactory(consents=("collection", "age"))
    row = SignatureFactory(petition=petition, confirmed=True)
    PetitionPageFactory()  # Makes the consent exist.
    agree(row, "roll")

    assert exported(ROLL, petition, user) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_withdrawn_signature_vanishes_from_every_file(source, petition, user):
    """korea.md 3.10, test 6."""
    row = SignatureFactory(petition=petition, confirmed=True)
    agree(row, "roll")
    agree(row, "news")
    assert len(exported(source, petition, user)) == 1

    withdraw_signature(row.public_id)

    assert exported(source, petition, user) == []


def test_the_rows_for_checking_hold_what_was_written(petition, user, clock):
    row = SignatureFactory(
        petition=petition, confirmed=True, name="고은별", email="byeol@mail.example", commented=True
    )
    SignatureFactory(petition=petition)

    (cells,) = exported(ALL, petition, user, statuses=["confirmed"])

    assert cells[:4] == [row.reference, "고은별", "byeol@mail.example", row.region.name]
    assert cells[5] == timezone.localtime(row.created_at).strftime("%Y-%m-%d %H:%M")
    assert cells[-1] == row.comment
    assert len(exported(ALL, petition, user, statuses=["confirmed", "unconfirmed"])) == 2


def test_the_news_list_leaves_out_who_stopped_news(petition, user):
    reads, stopped, never = (SignatureFactory(petition=petition, confirmed=True) for _ in range(3))
    for row in (reads, stopped):
        agree(row, "news")
    agree(never, "news", choice=False)
    stop_news(stopped.email_index)

    assert exported(NEWS, petition, user) == [[reads.email, reads.name]]


def test_signatures_of_other_petitions_stay_where_they_are(petition, user):
    SignatureFactory(confirmed=True)

    assert exported(ALL, petition, user) == []


def test_rows_are_read_in_batches(petition, user, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("petitions.export_sources.BATCH", 2)
    rows = [SignatureFactory(petition=petition, confirmed=True) for _ in range(3)]
    for row in rows:
        agree(row, "roll")

    with django_assert_num_queries(6):  # What is asked; two batches with consents; the end.
        records = list(ROLL.records({"petition": petition.pk}, user))

    assert [record.subject for record in records] == [str(row.public_id) for row in rows]


def test_the_choices_name_no_person(petition, user):
    form = StatusChoice({"petition": petition.pk, "statuses": ["confirmed"]}, user=user)
    assert form.is_valid()
    assert form.options() == {"petition": petition.pk, "statuses": ["confirmed"]}

    plain = PetitionChoice({"petition": petition.pk}, user=user)
    assert plain.is_valid()
    assert plain.options() == {"petition": petition.pk}


def test_a_roll_is_offered_where_people_were_asked(petition, user):
    silent = PetitionPageFactory(consents=("collection", "age"))

    assert RollChoice({"petition": petition.pk}, user=user).is_valid()
    assert not RollChoice({"petition": silent.pk}, user=user).is_valid()

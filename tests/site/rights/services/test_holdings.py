import uuid

import pytest

from home.publishing import forget_everything
from messaging.models import OutboxMessage
from messaging.services import stop_news
from petitions.models import PetitionPage
from privacy.blind_index import address_index
from privacy.models import AccessAction, ConsentDefinition
from privacy.services import record_access
from rights.registry import NotTheirsError
from rights.services import find_held, gather_everything
from tests.conftest import publish
from tests.factories.messaging import OutboxMessageFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.factories.privacy import ConsentRecordFactory
from tests.petitions.citizen import EMAIL

pytestmark = pytest.mark.unit


def test_nothing_on_a_stranger(signature):
    assert gather_everything("stranger@mail.example").is_nothing


@pytest.mark.sqlite_smoke
def test_everything_of_every_tool(signature, ledger, administrator):
    OutboxMessageFactory(subject=str(signature.public_id), sent=True)
    OutboxMessageFactory(subject="somebody else", sent=True)
    stop_news(address_index(EMAIL))
    seen = record_access(
        user=administrator,
        address="127.0.0.1",
        action=AccessAction.DETAIL,
        data_set="petitions.signatures",
        subjects=[str(signature.public_id)],
    )

    everything = gather_everything(EMAIL.upper())
    assert [held.holding.title for held in everything.held] == [signature.petition.title]
    everything = gather_everything(EMAIL)

    assert [held.holding.title for held in everything.held] == [
        "참가비 입금",
        signature.petition.title,
    ][::-1]
    assert [mail.subject for mail in everything.mails] == [str(signature.public_id)]
    assert everything.gets_no_news
    assert list(everything.accesses) == [seen]
    assert not everything.is_nothing


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_rows_costs_no_query(
    number, signature, campaign_page, administrator, django_assert_num_queries
):
    for _more in range(number - 1):
        page = PetitionPageFactory(parent=campaign_page)
        publish(page)
        row = SignatureFactory(petition=page, region=signature.region, email=EMAIL)
        ConsentRecordFactory(subject=row.public_id)
        record_access(
            user=administrator,
            address="127.0.0.1",
            action=AccessAction.FULL,
            data_set="petitions.signatures",
            subjects=[str(row.public_id)],
        )
    record_access(
        user=administrator,
        address="127.0.0.1",
        action=AccessAction.DETAIL,
        data_set="petitions.signatures",
        subjects=[str(signature.public_id)],
    )
    gather_everything(EMAIL)

    with django_assert_num_queries(24):
        assert len(gather_everything(EMAIL).held) == number + 1  # and the news


def test_consents_in_the_exact_words_that_were_agreed_to(signature):
    definition = ConsentDefinition.objects.get(slug="roll")
    definition.purpose = "다른 목적"
    definition.save()
    page = PetitionPage.objects.get()
    page.roll_recipients = "다른 곳"
    publish(page)
    forget_everything()

    (_news, held) = gather_everything(EMAIL).held
    shown = {each.record.slug: each for each in held.consents}["roll"]

    assert shown.is_exact
    assert shown.text.recipients == "국회의장"
    assert shown.text.text_hash == shown.record.text_hash
    assert (shown.newest_text.recipients, shown.newest_text.purpose) == ("다른 곳", "다른 목적")


def test_words_that_can_t_be_proven_are_marked(signature):
    signature.revision_id = None
    signature.save()
    page = PetitionPage.objects.get()
    page.roll_recipients = "다른 곳"
    publish(page)

    (_news, held) = gather_everything(EMAIL).held

    assert {each.record.slug: each.is_exact for each in held.consents}["roll"] is False


def test_which_consents_are_a_choice(signature):
    held = find_held(EMAIL, "petitions.signatures", str(signature.public_id))

    assert {each.record.slug: each.is_free for each in held.consents} == {
        **{"collection": False, "age": False, "display": False},
        **{"roll": True, "news": True},
    }


@pytest.mark.parametrize(
    ("address", "name", "key"),
    [
        ("stranger@mail.example", "petitions.signatures", None),
        (EMAIL, "petitions.signatures", str(uuid.UUID(int=7))),
        (EMAIL, "petitions.signatures", "nonsense"),
        (EMAIL, "nonsense", None),
    ],
)
def test_nothing_is_found_but_one_s_own(signature, address, name, key):
    with pytest.raises(NotTheirsError):
        find_held(address, name, key or str(signature.public_id))

    assert OutboxMessage.objects.exists()

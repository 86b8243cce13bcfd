import pytest

from messaging.models import OutboxMessage
from messaging.services import has_stopped_news, stop_news
from petitions.models import BlockedAddress
from privacy.blind_index import address_index
from privacy.models import ConsentDefinition
from privacy.services import consents_of
from rights import services
from rights.exceptions import ConsentChangedError, ConsentFixedError
from rights.models import Request
from tests.factories.messaging import OutboxMessageFactory
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import EMAIL

pytestmark = pytest.mark.unit


@pytest.fixture
def held(signature):
    return services.find_held(EMAIL, "petitions.signatures", str(signature.public_id))


def shown(held, slug):
    return {each.record.slug: each for each in held.current_consents}[slug]


def change(held, slug, *, agreed, text_hash=None):
    consent = shown(held, slug)
    number = consent.record.version.definition_id
    text_hash = consent.newest_text.text_hash if text_hash is None else text_hash
    services.change_consent(EMAIL, held, number, text_hash, agreed=agreed)


def standing(signature):
    return {record.slug for record in consents_of(signature.public_id) if record.stands}


@pytest.mark.sqlite_smoke
def test_each_consent_is_changed_by_itself_and_back(held, signature):
    assert standing(signature) == {"collection", "display", "roll", "news", "age"}

    change(held, "roll", agreed=False)
    change(held, "roll", agreed=False)
    assert standing(signature) == {"collection", "display", "news", "age"}

    change(held, "roll", agreed=True)
    assert standing(signature) == {"collection", "display", "roll", "news", "age"}


def test_agreeing_to_news_again_lifts_the_stop_of_all_news(held, signature):
    stop_news(address_index(EMAIL))

    change(held, "news", agreed=False)
    assert has_stopped_news(address_index(EMAIL))

    change(held, "news", agreed=True)
    assert not has_stopped_news(address_index(EMAIL))


@pytest.mark.parametrize("slug", ["collection", "age", "display"])
def test_what_is_no_choice_by_itself_is_not_changed(held, signature, slug):
    with pytest.raises(ConsentFixedError):
        change(held, slug, agreed=False)

    assert slug in standing(signature)


def test_nobody_agrees_to_a_text_that_was_not_read(held, signature):
    change(held, "news", agreed=False)

    with pytest.raises(ConsentChangedError):
        change(held, "news", agreed=True, text_hash="f" * 64)

    assert "news" not in standing(signature)


def test_after_new_words_the_last_choice_counts(held, signature):
    definition = ConsentDefinition.objects.get(slug="news")
    definition.items = "이메일"
    definition.save()
    change(held, "news", agreed=False)
    renewed = services.find_held(EMAIL, "petitions.signatures", str(signature.public_id))
    change(renewed, "news", agreed=True)

    again = services.find_held(EMAIL, "petitions.signatures", str(signature.public_id))

    assert [
        each.record.version.number for each in again.consents if each.record.slug == "news"
    ] == [1, 2]
    assert shown(again, "news").record.version.number == 2
    assert len(again.current_consents) == 5


@pytest.mark.sqlite_smoke
def test_everything_is_erased_at_once(signature):
    BlockedAddressFactory(email_index=address_index(EMAIL))
    OutboxMessageFactory(subject=address_index(EMAIL).hex(), sent=True)

    assert services.erase_everything(EMAIL) is None
    assert services.erase_everything(EMAIL) is None

    signature.refresh_from_db()
    assert (signature.name, signature.email) == (None, None)
    assert not BlockedAddress.objects.exists()
    assert not OutboxMessage.objects.filter(subject=address_index(EMAIL).hex()).exists()
    assert services.gather_everything(EMAIL).is_nothing


def test_what_must_be_looked_at_becomes_one_request(signature, ledger):
    lodged = services.erase_everything(EMAIL)
    again = services.erase_everything(EMAIL)

    assert lodged == again == Request.objects.get()
    assert (lodged.kind, lodged.words, lodged.is_proven) == ("erasure", "참가비 입금", True)
    signature.refresh_from_db()
    assert signature.email is None
    kept = [held.data_set.name for held in services.gather_everything(EMAIL).held]
    assert sorted(kept) == ["rights.requests", "tests.ledger"]

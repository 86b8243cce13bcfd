import uuid

import pytest

from evidence.services import verify_chain
from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.exceptions import AddressBlockedError, AddressTakenError, SignatureGoneError
from petitions.models import BlockedAddress, Signature
from privacy.blind_index import address_index, name_index
from privacy.models import ConsentVersion
from privacy.services import consents_of
from privacy.tokens import TokenInvalidError, mint_token, read_token
from tests.factories.home import RegionFactory
from tests.factories.petitions import SignatureFactory
from tests.petitions.citizen import EMAIL, attempt_key, cleaned

pytestmark = pytest.mark.unit

NEW = "new@mail.example"


@pytest.fixture
def display():
    version = ConsentVersion.objects.get(definition__slug="display")
    return services.DisplayConsent(version, "d" * 64)


@pytest.fixture
def published(state):
    """A confirmed signature with a comment that is on the page."""
    attempt = services.sign_petition(state, cleaned(comment="한마디"))
    services.confirm_signature(attempt.public_id)
    services.change_comment_status(attempt.public_id, Signature.CommentStatus.PUBLISHED, actor="1")
    return Signature.objects.get()


def shows_name(signature):
    return {r.slug: r.stands for r in consents_of(signature.public_id)}["display"]


@pytest.mark.sqlite_smoke
def test_each_fact_is_put_right_once(published, display):
    elsewhere = RegionFactory(code="26", name="부산광역시", short_name="부산")
    wanted = {
        "name": "한가람별",
        "region_id": elsewhere.pk,
        "comment": "다른 한마디",
        "name_display": "surname",
    }

    changed = services.correct_signature(published.public_id, wanted, display)

    row = Signature.objects.get()
    assert changed == ["name", "region_id", "comment", "name_display"]
    assert (row.name, row.region, row.comment) == ("한가람별", elsewhere, "다른 한마디")
    assert bytes(row.name_index) == name_index("한가람별")
    assert row.comment_status == Signature.CommentStatus.WAITING
    assert shows_name(row)
    assert services.correct_signature(published.public_id, wanted, display) == []
    assert verify_chain("signature", str(row.public_id)).holds


def test_an_unchanged_comment_stays_on_the_page(published):
    services.correct_signature(published.public_id, {"name": "한누리", "comment": "한마디"})

    published.refresh_from_db()
    assert (published.name, published.comment_status) == ("한누리", "published")


def test_a_comment_taken_out_needs_no_reading(published):
    services.correct_signature(published.public_id, {"comment": ""})

    published.refresh_from_db()
    assert (published.comment, published.comment_status) == (None, "none")


def test_hiding_the_name_again_takes_its_consent_back(published, display):
    services.correct_signature(published.public_id, {"name_display": "full"}, display)
    services.correct_signature(published.public_id, {"name_display": "hidden"}, display)

    published.refresh_from_db()
    assert (published.name_display, shows_name(published)) == ("hidden", False)


def test_no_name_shows_without_the_text_about_it(published):
    assert services.correct_signature(published.public_id, {"name_display": "full"}) == []

    published.refresh_from_db()
    assert published.name_display == "hidden"


def test_who_has_left_has_nothing_to_correct(published):
    services.withdraw_signature(published.public_id)

    with pytest.raises(SignatureGoneError):
        services.correct_signature(published.public_id, {"name": "한누리"})
    with pytest.raises(SignatureGoneError):
        services.move_signature(published.public_id, NEW)
    with pytest.raises(SignatureGoneError):
        services.correct_signature(uuid.uuid4(), {"name": "한누리"})


@pytest.mark.sqlite_smoke
def test_a_signature_moves_to_another_mailbox(published):
    old = mint_token(emails.SIGNER_TOKEN, str(published.public_id), emails.SIGNER_LIFETIME)
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT)

    services.move_signature(published.public_id, NEW)
    services.move_signature(published.public_id, NEW)

    row = Signature.objects.get()
    assert (row.email, bytes(row.email_index)) == (NEW, address_index(NEW))
    with pytest.raises(TokenInvalidError):
        read_token(emails.SIGNER_TOKEN, old)
    assert [(m.purpose, m.subject) for m in OutboxMessage.objects.all()] == [
        (emails.SIGNATURE_CONFIRMED, str(row.public_id))
    ]
    assert emails.thank_signer(str(row.public_id)).to == NEW
    assert verify_chain("signature", str(row.public_id)).length == 2


def test_another_spelling_of_the_same_mailbox_is_written_down(published):
    services.move_signature(published.public_id, EMAIL.upper())

    published.refresh_from_db()
    assert (published.email, bytes(published.email_index)) == (EMAIL.upper(), address_index(EMAIL))


def test_an_unconfirmed_signature_asks_the_new_mailbox_to_confirm(signature):
    services.move_signature(signature.public_id, NEW)

    key = attempt_key(signature.petition, NEW)
    assert OutboxMessage.objects.filter(purpose=emails.SIGN_ATTEMPT, subject=key).exists()
    assert emails.answer_sign_attempt(key).to == NEW


def test_nothing_moves_onto_another_signature(published):
    SignatureFactory(petition=published.petition, region=published.region, email=NEW)

    with pytest.raises(AddressTakenError):
        services.move_signature(published.public_id, NEW)

    published.refresh_from_db()
    assert published.email == EMAIL
    assert verify_chain("signature", str(published.public_id)).length == 1


def test_nothing_moves_to_an_address_that_does_not_sign(published):
    services.deny_signature(
        SignatureFactory(petition=published.petition, region=published.region, email=NEW).public_id
    )
    assert BlockedAddress.objects.exists()

    with pytest.raises(AddressBlockedError):
        services.move_signature(published.public_id, NEW)

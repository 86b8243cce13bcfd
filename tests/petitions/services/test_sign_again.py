from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import OutboxMessage
from petitions import services
from petitions.exceptions import (
    FormChangedError,
    PetitionClosedError,
    ResendTooSoonError,
)
from petitions.models import BlockedAddress, Signature
from privacy.blind_index import address_index
from privacy.models import ConsentRecord
from tests.conftest import publish
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import EMAIL, NAME, cleaned

pytestmark = pytest.mark.unit


@pytest.mark.sqlite_smoke
def test_correct_address_signs_again_with_all_that_was_typed(state):
    attempt = services.sign_petition(state, cleaned(comment="한마디"))

    corrected = services.correct_address(state, attempt, "garam@other.example")

    row = Signature.objects.get(public_id=corrected.public_id)
    assert (row.email, row.name, row.comment) == ("garam@other.example", NAME, "한마디")
    assert ConsentRecord.objects.filter(subject=row.public_id, withdrawn_at=None).count() == 5
    assert corrected.email == row.email


def test_correct_address_is_refused_when_closed(state, signature):
    state.page.closes_at = timezone.now()

    with pytest.raises(PetitionClosedError):
        services.correct_address(state, _attempt_of(signature, state), "garam@other.example")

    assert Signature.objects.get().email == EMAIL


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("change", ["revision", "version", "text", "consent", "region"])
def test_who_read_another_form_is_refused(state, signature, change):
    changed = replace(state, **_change_of(state, change))

    with pytest.raises(FormChangedError):
        services.sign_petition(changed, cleaned(email="garam@other.example"))
    with pytest.raises(FormChangedError):
        services.correct_address(changed, _attempt_of(signature, state), "garam@other.example")

    assert Signature.objects.get().email == EMAIL
    assert ConsentRecord.objects.count() == len(state.consents)


def _change_of(state, change):
    (pk, consent), *others = state.consents
    return {
        "revision": {"revision_id": state.revision_id + 1},
        "version": {"consents": ((pk + 100, consent), *others)},
        "text": {"consents": ((pk, replace(consent, items="전화번호")), *others)},
        "consent": {"consents": ((pk, consent), *others[1:])},
        "region": {"regions": state.regions[1:]},
    }[change]


@pytest.mark.parametrize("form_version", [None, "", "0" * 16])
def test_who_read_no_form_is_refused(state, form_version):
    with pytest.raises(FormChangedError):
        services.sign_petition(state, cleaned(form_version=form_version))

    assert not Signature.objects.exists()


def test_resend_too_soon_is_refused(state, clock):
    attempt = services.sign_petition(state, cleaned())
    clock.tick(timedelta(seconds=59))

    with pytest.raises(ResendTooSoonError):
        services.resend_confirmation(attempt)

    assert services.seconds_until_resend(attempt) == 1
    assert OutboxMessage.objects.count() == 1


def test_resend_after_a_minute_writes_the_mail_again(state, clock):
    attempt = services.sign_petition(state, cleaned())
    clock.tick(timedelta(seconds=60))

    assert services.seconds_until_resend(attempt) == 0
    renewed = services.resend_confirmation(attempt)

    assert renewed.mailed_at == timezone.now()
    assert (renewed.public_id, renewed.values) == (attempt.public_id, attempt.values)
    assert len(set(OutboxMessage.objects.values_list("purpose", "subject"))) == 1
    assert OutboxMessage.objects.count() == 2
    assert services.seconds_until_resend(renewed) == 60


def test_resend_is_the_same_for_a_blocked_address(state, clock):
    BlockedAddressFactory(email_index=address_index(EMAIL))
    attempt = services.sign_petition(state, cleaned())
    clock.tick(timedelta(seconds=60))

    assert services.resend_confirmation(attempt).mailed_at == timezone.now()
    assert BlockedAddress.objects.count() == 1


def _attempt_of(signature, state):
    values = cleaned(email=signature.email)
    now = timezone.now()
    return services.sign.Attempt(signature.public_id, state.petition_id, now, now, values)


def test_signing_a_changed_text_is_on_record(state, petition_page):
    services.sign_petition(state, cleaned())
    petition_page.summary = "요구가 바뀌었습니다."
    publish(petition_page)

    newer = services.state_of(petition_page)
    values = cleaned(email="second@mail.example", form_version=newer.form_version)
    services.sign_petition(newer, values)

    first, second = Signature.objects.order_by("pk").values_list("revision_id", flat=True)
    assert first != second == petition_page.live_revision_id

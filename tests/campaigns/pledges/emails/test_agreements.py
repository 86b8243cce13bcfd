"""What a respondent is told about their agreement, and to which addresses."""

import hashlib

import pytest
from django.utils import timezone

from campaigns.pledges.emails.agreements import addresses_of, send_copy, tell_held, tell_note
from campaigns.pledges.models import AgreementDocument, DemandAnswer
from campaigns.pledges.services.copies import _send, send_copies
from campaigns.pledges.services.demands import current_versions, demands_asked
from campaigns.pledges.services.notes import write_note
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import (
    concluded_agreement,
    contact_of,
    respondent_of,
    response_of,
)
from tests.factories.pledge_demands import demand_set, pledge_round

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 sealed"


@pytest.fixture
def agreement(election):
    pledge_round(election)
    return concluded_agreement(respondent_of(election), UserFactory(role="연대회의 대표"))


def seal(agreement):
    AgreementDocument.objects.create(
        agreement=agreement,
        revision=2,
        content=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        size=len(PDF),
        made_at=timezone.now(),
    )


def told():
    return [row.subject for row in OutboxMessage.objects.order_by("pk")]


def test_the_copy_goes_once_the_file_is_sealed_and_once_only(agreement):
    contact = contact_of(agreement.respondent)
    assert send_copies() == 0

    seal(agreement)

    assert (send_copies(), send_copies()) == (1, 0)
    assert not _send(agreement.pk)  # another worker was first
    assert told() == [f"{agreement.pk}:{contact.pk}"]


def test_paper_has_no_file_to_wait_for(election):
    agreement = concluded_agreement(
        respondent_of(election), UserFactory(role="연대회의 대표"), form="paper"
    )
    assert send_copies() == 1
    agreement.refresh_from_db()
    assert agreement.copy_sent_at is not None


def test_the_copy_brings_the_sealed_file_and_where_it_is_verified(agreement):
    contact = contact_of(agreement.respondent)
    seal(agreement)

    mail = send_copy(f"{agreement.pk}:{contact.pk}")

    (file,) = mail.attachments
    assert (file.name, file.content) == (f"{agreement.number}.pdf", PDF)
    assert mail.to == "camp@example.test"
    assert f"/verify/?number={agreement.number}" in mail.text
    assert "02-000-0000" in mail.text


def test_nobody_is_told_of_an_agreement_that_ended_or_where_they_want_no_mail(agreement):
    contact = contact_of(agreement.respondent)
    contact.state = "stopped"
    contact.save()

    assert addresses_of(agreement.respondent) == []
    assert send_copy(f"{agreement.pk}:{contact.pk}") is None
    assert tell_note(f"1:{contact.pk}") is None
    assert tell_held(f"1:{contact.pk}") is None


def test_a_note_is_told_as_it_is_published(agreement, user):
    contact = contact_of(agreement.respondent)
    note = write_note(
        agreement.respondent,
        "correction",
        "3번 답은 <수용>입니다.",
        actor=str(user.pk),
        agreement=agreement,
    )

    mail = tell_note(f"{note.pk}:{contact.pk}")

    assert "3번 답은 <수용>입니다." in mail.text
    assert "3번 답은 &lt;수용&gt;입니다." in mail.html
    assert agreement.number in mail.text
    assert mail.attachments == ()


def test_a_held_comment_is_told_with_its_reason_until_it_is_public_again(election):
    demand_set(election)
    respondent = respondent_of(election)
    contact = contact_of(respondent)
    answer = DemandAnswer.objects.create(
        response=response_of(respondent),
        demand=demands_asked(current_versions(respondent))[0],
        choice="decline",
        comment="비밀 의견",
        answered_at=timezone.now(),
        held_reason="다른 사람을 비방합니다.",
    )

    mail = tell_held(f"{answer.pk}:{contact.pk}")
    assert "다른 사람을 비방합니다." in mail.text
    assert "비밀 의견" not in mail.text

    answer.held_reason = ""
    answer.save()
    assert tell_held(f"{answer.pk}:{contact.pk}") is None

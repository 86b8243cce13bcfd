"""Agreements as candidates leave them: signed, waiting for the coalition."""

from datetime import timedelta

from django.utils import timezone

from campaigns.pledges.models import (
    AgreementSignature,
    ContactPoint,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    Respondent,
    Response,
)
from campaigns.pledges.services.canonical import digest_of
from campaigns.pledges.services.countersigning import countersign_batch, prepare_batch
from evidence.models import Event
from privacy.blind_index import blind_index
from tests.factories.pledges import DAY, CandidacyFactory, contest_of

Side = AgreementSignature.Side
Standing = Respondent.Standing


def respondent_of(election, name="한가람", standing=Standing.ANSWERED):
    candidacy = CandidacyFactory(contest=contest_of(election), name=name)
    return Respondent.objects.create(
        election=election, candidacy=candidacy, standing=standing, standing_on=DAY
    )


def text_for(respondent, answers=("accept", "accept", "decline")):
    return {
        "format": "yeondae-agreement-1",
        "election": {"name": respondent.election.name},
        "coalition": "사회적경제 연대회의",
        "respondent": {"id": str(respondent.public_id), "name": respondent.name},
        "demands": [
            {
                "key": str(number),
                "label": str(number),
                "title": f"요구 {number}",
                "text": "글",
                "answer": answer,
                "comment": "",
            }
            for number, answer in enumerate(answers, 1)
        ],
    }


def response_of(respondent, state=Response.State.SUBMITTED):
    now = timezone.now()
    row, _new = Response.objects.get_or_create(
        respondent=respondent, defaults={"state": state, "began_at": now, "submitted_at": now}
    )
    return row


def waiting_agreement(
    respondent,
    *,
    answers=("accept", "accept", "decline"),
    side=Side.CANDIDATE,
    form=PledgeAgreement.Form.ELECTRONIC,
):
    """Signed by the candidate a moment ago."""
    now, text = timezone.now(), text_for(respondent, answers)
    agreement = PledgeAgreement.objects.create(
        number=f"2026-지방-{PledgeAgreement.objects.count() + 1:04d}",
        respondent=respondent,
        response=response_of(respondent),
        form=form,
        text=text,
        text_sha256=digest_of(text),
        signed_at=now,
    )
    _sign(agreement, side, now)
    return agreement


def _sign(agreement, side, now):
    """The candidate's side, with the code that was typed."""
    respondent = agreement.respondent
    role = Invitation.Role.SELF if side == Side.CANDIDATE else Invitation.Role.DELEGATE
    invitation, _new = Invitation.objects.get_or_create(
        respondent=respondent,
        role=role,
        defaults={"channel": "mail", "state": "signed", "invited_at": now, "made_at": now},
    )
    check = IdentityCheck.objects.create(
        invitation=invitation,
        purpose="sign",
        method="mail_code",
        asked_at=now,
        expires_at=now,
        passed_at=now,
    )
    AgreementSignature.objects.create(
        agreement=agreement,
        side=side,
        name=respondent.name,
        method="mail_code",
        text_sha256=agreement.text_sha256,
        identity_check=check,
        signed_at=now,
    )


def concluded_agreement(respondent, user, **values):
    """In force: countersigned by ``user``."""
    agreement = waiting_agreement(respondent, **values)
    conclude(agreement, user)
    agreement.refresh_from_db()
    return agreement


def conclude(agreement, user):
    batch = prepare_batch([agreement], user=user, title="상임대표")
    return countersign_batch(batch, user=user, proved_at=batch.made_at + timedelta(microseconds=1))


def contact_of(respondent, value="camp@example.test"):
    """Where the respondent was invited."""
    now = timezone.now()
    contact = ContactPoint.objects.create(
        respondent=respondent,
        kind="email",
        value=value,
        value_index=blind_index("email", value),
        source="선거사무소",
        state="approved",
        entered_at=now,
        checked_at=now,
    )
    invitation, _new = Invitation.objects.get_or_create(
        respondent=respondent,
        role=Invitation.Role.SELF,
        defaults={"channel": "mail", "state": "signed", "invited_at": now, "made_at": now},
    )
    invitation.contact = contact
    invitation.save()
    return contact


def steps_of(election):
    """What happened at an election, in order; not what its demands are."""
    rows = Event.objects.filter(subject_type="pledges.election", subject_id=str(election.pk))
    kinds = rows.order_by("sequence").values_list("kind", flat=True)
    return [kind for kind in kinds if kind != "demands_published"]

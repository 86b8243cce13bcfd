"""Invitations, answers and agreements, made by the services that make them."""

from datetime import timedelta

from django.utils import timezone

from campaigns.pledges.defaults import PUBLICATION, SIGNING
from campaigns.pledges.models import ContactPoint, IdentityCheck, Invitation
from campaigns.pledges.services import add_missing_respondents
from campaigns.pledges.services.answers import accept_all, begin_response, versions_of
from campaigns.pledges.services.canonical import digest_of
from campaigns.pledges.services.demands import demands_asked
from campaigns.pledges.services.identity import ask_code, pass_code
from campaigns.pledges.services.signing import Act, sign_agreement
from campaigns.pledges.services.texts import agreement_text
from campaigns.pledges.tokens import mint_code
from privacy.blind_index import blind_index

from .pledge_demands import demand_set, pledge_round
from .pledges import CandidacyFactory, contest_of

BROWSER = "the-browser-of-the-candidate"
EMAIL = "camp@candidate.example"


def respondent_of(election, name="한가람", contest=None, **values):
    candidacy = CandidacyFactory(contest=contest or contest_of(election), name=name, **values)
    add_missing_respondents(election)
    return candidacy.respondent


def contact_of(respondent, value=EMAIL, kind="email", state="approved"):
    return ContactPoint.objects.create(
        respondent=respondent,
        kind=kind,
        value=value,
        value_index=blind_index("pledges.contact", value),
        source="선거사무소 누리집",
        state=state,
        entered_at=timezone.now(),
        checked_at=None if state == "waiting" else timezone.now(),
    )


def invited(respondent, *, email=EMAIL, days=14, state="sent"):
    """An invitation by mail whose link is usable for some days; demands and round are there."""
    election = respondent.election
    if not hasattr(election, "round"):
        pledge_round(election)
    if not election.demand_sets.exists():
        demand_set(election)
    now = timezone.now()
    return Invitation.objects.create(
        respondent=respondent,
        channel=Invitation.Channel.MAIL,
        contact=contact_of(respondent, email),
        state=state,
        invited_at=now,
        expires_at=now + timedelta(days=days),
        made_at=now,
    )


def passed(invitation, purpose=IdentityCheck.Purpose.SIGN, browser=BROWSER):
    """A check whose code was typed in this browser."""
    check = ask_code(invitation, purpose, browser)
    return pass_code(invitation, purpose, mint_code(check), browser)


def answered(respondent, **values):
    """An invitation whose response accepts everything, not handed in yet."""
    invitation = invited(respondent, **values)
    response = begin_response(invitation)
    demands = demands_asked(versions_of(response))
    accept_all(invitation, [demand.pk for demand in demands])
    return invitation


def act_of(invitation, **values):
    text = agreement_text(invitation.respondent.response, role=invitation.role)
    given = {
        "name": invitation.respondent.name,
        "text_sha256": digest_of(text),
        "consents": (SIGNING, PUBLICATION),
    }
    return Act(**{**given, **values})


def signed_agreement(respondent, **values):
    """An agreement that its candidate signed, all demands accepted."""
    invitation = answered(respondent, **values)
    return sign_agreement(invitation, passed(invitation), act_of(invitation))

"""The demo's demands, and candidates in every state between being asked and having signed."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.pledges.defaults import PUBLICATION, SIGNING
from campaigns.pledges.emails import INVITED
from campaigns.pledges.models import (
    ContactPoint,
    DemandSet,
    Election,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PledgeRound,
    Respondent,
)
from campaigns.pledges.services import move_standing
from campaigns.pledges.services.answers import (
    accept_all,
    begin_response,
    decline_all,
    save_answer,
    submit_answers,
    versions_of,
)
from campaigns.pledges.services.canonical import digest_of
from campaigns.pledges.services.chain import SYSTEM, record_step_of
from campaigns.pledges.services.countersigning import countersign_batch, prepare_batch
from campaigns.pledges.services.demands import (
    begin_version,
    demands_asked,
    publish_version,
    resolve_version,
    save_demand,
    send_to_review,
)
from campaigns.pledges.services.endings import withdraw_agreement
from campaigns.pledges.services.identity import ask_code, make_browser_secret, pass_code
from campaigns.pledges.services.invitations import note_opened
from campaigns.pledges.services.outreach import close_round
from campaigns.pledges.services.signing import Act, sign_agreement
from campaigns.pledges.services.texts import agreement_text
from campaigns.pledges.tokens import mint_code
from home.network.models import Region
from messaging.services import enqueue
from privacy.blind_index import blind_index

from .election_law import clear_with_commission
from .logins import ADMINISTRATOR
from .texts import demands as texts

WHILE_LOADING = timedelta(hours=1)  # Then the last moment is over, but for those asked late.
LATE = timedelta(days=9)
PARTS = ("theme", "title", "text", "why", "target", "deadline")


def load_pledges(election: Election) -> None:
    """Demands, round, invitations and answers, unless there are some."""
    if election.demand_sets.exists():
        return
    user = User.objects.get(email=ADMINISTRATOR[1])
    _publish(election, None, texts.SET, texts.DEMANDS, user)
    region, title, demands = texts.REGIONAL
    _publish(election, Region.objects.current().get(name=region), title, demands, user)
    asked = PledgeRound.objects.create(
        election=election,
        purpose=texts.PURPOSE,
        answers_until=timezone.now() + WHILE_LOADING,
        least_accepted=5,
        phone=texts.PHONE,
        **texts.METHOD,
    )
    _ask(election)
    _conclude(election, user)
    _end(asked)
    clear_with_commission(election, user)


def _end(asked):
    """The last moment is now: who said nothing is shown as that."""
    now = timezone.now()
    PledgeRound.objects.filter(pk=asked.pk).update(answers_until=now)
    rows = Invitation.objects.filter(respondent__election=asked.election)
    rows.filter(late_reason="").update(expires_at=now)
    close_round()


def _publish(election, region, title, demands, user):
    row = DemandSet.objects.create(election=election, region=region, title=title)
    version = begin_version(row, user=user)
    version.intro = texts.INTRO
    version.save(update_fields=["intro"])
    for parts in demands:
        save_demand(version, dict(zip(PARTS, parts, strict=True)))
    send_to_review(version)
    resolve_version(version, body=texts.RESOLVED_BY, resolved_on=timezone.localdate())
    publish_version(version, user=user)


def _ask(election):
    rows = Respondent.objects.filter(election=election).exclude(standing="left")
    rows = rows.select_related("candidacy__contest__post__region").order_by("pk")
    for number, respondent in enumerate(rows):
        respondent.election = election
        step = STEPS[number % len(STEPS)]
        if step is not None:
            step(_invite(respondent, number))


def _invite(respondent, number):
    """Asked by a mail that was sent; the first one's is really sent, so its link can be tried."""
    now = timezone.now()
    address = f"camp-{number:02}@candidate.example"
    contact = ContactPoint.objects.create(
        respondent=respondent,
        kind=ContactPoint.Kind.EMAIL,
        value=address,
        value_index=blind_index("pledges.contact", address),
        source=texts.SOURCES[number % len(texts.SOURCES)],
        state=ContactPoint.State.APPROVED,
        entered_at=now,
        checked_at=now,
    )
    invitation = Invitation.objects.create(
        respondent=respondent,
        channel=Invitation.Channel.MAIL,
        contact=contact,
        state=Invitation.State.SENT,
        invited_at=now,
        expires_at=now + LATE,
        late_reason=texts.LATE_REASON if number % len(STEPS) == LATE_PLACE else "",
        made_at=now,
    )
    said = {"invitation": str(invitation.public_id), "channel": invitation.channel}
    record_step_of(respondent, "invitation_sent", SYSTEM, said)
    move_standing(respondent, Respondent.Standing.ASKED, actor=SYSTEM)
    if number == 1:
        enqueue(INVITED, str(invitation.public_id))
    return invitation


def _conclude(election, user):
    """Most of what was signed is countersigned; two take their word back."""
    signed = PledgeAgreement.objects.filter(respondent__election=election).order_by("pk")
    chosen = [row for place, row in enumerate(signed) if place % 3]
    batch = prepare_batch(chosen, user=user, title=texts.REPRESENTATIVE_TITLE)
    proved_at = batch.made_at + timedelta(microseconds=1)
    countersign_batch(batch, user=user, proved_at=proved_at)
    for agreement in chosen[3::5]:
        withdraw_agreement(agreement, texts.WITHDRAWN)


def _wait(_invitation):
    """Invited, no answer yet."""


def _begin(invitation):
    note_opened(invitation)
    response = begin_response(invitation)
    return demands_asked(versions_of(response))


def _answer_some(invitation):
    for demand in _begin(invitation)[:3]:
        save_answer(invitation, demand, "accept")


def _answer_mixed(invitation):
    demands = _begin(invitation)
    accept_all(invitation, [demand.pk for demand in demands])
    save_answer(invitation, demands[2], "accept_partly", texts.PARTLY)
    save_answer(invitation, demands[5], "decline", texts.NOT)


def _hand_in(invitation):
    _answer_mixed(invitation)
    submit_answers(invitation, may_publish=True)


def _sign_nothing(invitation):
    _begin(invitation)
    decline_all(invitation, texts.STATEMENT)


def _sign_all(invitation):
    accept_all(invitation, [demand.pk for demand in _begin(invitation)])
    _sign(invitation)


def _sign_mixed(invitation):
    _answer_mixed(invitation)
    _sign(invitation)


def _sign(invitation):
    browser = make_browser_secret()
    check = ask_code(invitation, IdentityCheck.Purpose.SIGN, browser)
    check = pass_code(invitation, IdentityCheck.Purpose.SIGN, mint_code(check), browser)
    text = agreement_text(invitation.respondent.response, role=invitation.role)
    name = invitation.respondent.name
    act = Act(name=name, text_sha256=digest_of(text), consents=(SIGNING, PUBLICATION))
    sign_agreement(invitation, check, act)


LATE_PLACE = 1  # Of every ten: the contact was found late, there is still time.
STEPS = (
    *(None, _wait, _sign_all, _answer_some, _sign_mixed, _hand_in),
    *(_wait, _sign_nothing, _sign_all, _wait),
)

"""An election with somebody in every state, so that no screen of the pledges is empty."""

from django.utils import timezone

from campaigns.pledges.models import Office
from campaigns.pledges.services import Proof, discard_import, move_candidacy
from campaigns.pledges.services.co_hosts import add_co_host
from campaigns.pledges.services.contact_lists import discard_contacts
from campaigns.pledges.services.contacts import enter_contact
from campaigns.pledges.services.delegations import Named, name_delegate
from campaigns.pledges.services.demands import (
    begin_version,
    current_versions,
    demands_asked,
    resolve_version,
    send_to_review,
)
from campaigns.pledges.services.endings import propose_void, withdraw_agreement
from campaigns.pledges.services.moderation import hold_comment
from campaigns.pledges.services.outreach import note_attempt
from campaigns.pledges.services.papers import PaperFacts, enter_paper, refuse_paper
from campaigns.pledges.services.parties import add_party
from campaigns.pledges.services.takedowns import (
    enter_objection,
    note_told,
    take_comment_down,
    take_statement_down,
)

from .network import OrganisationFactory
from .pledge_agreements import contact_of, invited, respondent_of, signed_agreement
from .pledge_contacts import contact_line, contact_list
from .pledge_countersigning import conclude
from .pledge_demands import demand_set, pledge_round
from .pledge_guards import (
    answer_of,
    answered_inquiry,
    approval_of,
    coming_election,
    declined_response,
    inquiry_of,
    request_of,
)
from .pledges import DAY, SOURCE, CandidacyFactory, contest_of, jongno, waiting_list

PDF = b"%PDF-1.7\npower of attorney\n%%EOF\n"
PHONE = "010-0000-1234"


def fill_pledges(admin, other):
    """``admin`` looks at it all; ``other`` did the first of what two people do."""
    election = coming_election()
    _lists(election, admin)
    _demands(election, admin)
    _reaching(election, admin, other)
    _agreements(election, admin, other)
    _law(election, admin, other)
    _ready(admin)


def _lists(election, admin):
    candidacy = CandidacyFactory(contest=contest_of(election))
    CandidacyFactory(contest=candidacy.contest, name="도담비", missing_since=DAY)
    move_candidacy(candidacy, candidacy.Status.REGISTERED, Proof(DAY, SOURCE), user=admin)
    discard_import(waiting_list(election, admin), user=admin)
    waiting_list(election, admin)
    add_party(election, kind="party", party_name="가온당", region=None)


def _demands(election, admin):
    pledge_round(election)
    version = begin_version(demand_set(election, user=admin), user=admin)
    demand_set(election, region=jongno(), published=False, user=admin)
    send_to_review(version)
    resolve_version(version, body="운영위원회", resolved_on=DAY)


def _ready(admin):
    """Another election: the commission has nothing against its board, nobody published it yet."""
    election = coming_election(90, kind="assembly", name="국회의원선거(예시)")
    demand_set(election, user=admin)
    pledge_round(election)
    answered_inquiry(election, user=admin)


def _reaching(election, admin, other):
    """Contacts that wait, one that is to take another's place, attempts, a delegate to check."""
    respondent = respondent_of(election, name="라온")
    enter_contact(respondent, kind="email", value="a@x.example", source="누리집", user=None)
    note_attempt(respondent, kind="call", result="not_reached", note="다시 전화", user=admin)
    contact_of(respondent, PHONE, kind="phone")
    contact_of(respondent_of(election, name="나래"), "ready@x.example")
    lines = [contact_line("라온", "list@x.example"), contact_line("없는이", "nobody@x.example")]
    discard_contacts(contact_list(election, admin, *lines), user=admin)
    contact_list(election, admin, *lines)
    contact_list(election, admin, lines[0])
    asked = invited(respondent_of(election, name="바다"), email="b@x.example")
    enter_contact(
        asked.respondent, kind="email", value="c@x.example", source="전화로 들음", user=other
    )
    named = Named(name="라온제나", title="정책실장", email="d@x.example", document=PDF)
    name_delegate(asked, named)


def _agreements(election, admin, other):
    """One that waits, one in force, one whose end somebody proposed, one withdrawn, two on paper."""
    for name, what in (("한별", ""), ("새봄", "keep"), ("다온", "void"), ("해솔", "withdraw")):
        respondent = respondent_of(election, name=name, contest=_district(election))
        agreement = signed_agreement(respondent, email=f"{respondent.pk}@x.example")
        if what:
            conclude(agreement, admin)
        if what == "void":
            propose_void(agreement, "error", "다른 사람의 서명이었습니다.", user=other)
        if what == "withdraw":
            withdraw_agreement(agreement, "뜻이 달라졌습니다.")
    _paper(respondent_of(election, name="가람솔"), other)
    refuse_paper(
        _paper(respondent_of(election, name="단비"), other), "서명이 없습니다.", user=admin
    )


def _district(election):
    return contest_of(election, Office.MAYOR, jongno())


def _paper(respondent, user):
    asked = demands_asked(current_versions(respondent))
    facts = PaperFacts(
        signed_on=timezone.localdate(),
        side="candidate",
        signer_name=respondent.name,
        representative="도담솔",
        representative_title="상임대표",
    )
    answers = {str(row.key): ("accept", "") for row in asked}
    return enter_paper(respondent, answers, facts, b"%PDF-1.7 scan", user=user)


def _law(election, admin, other):
    """An inquiry that waits, approvals, co-hosts, what was taken down and what is kept back."""
    inquiry_of(election, admin)
    approval_of("print", election, user=other)
    approval_of("mass_mail", election, is_approved=True, user=other)
    add_co_host(election, OrganisationFactory(), user=admin)
    hold_comment(answer_of(election, name="초롱"), "다른 사람의 이름이 있습니다.", user=admin)
    objected = take_comment_down(answer_of(election, name="아람"), request_of(), user=admin)
    note_told(objected, "전화")
    enter_objection(objected, "사실만 적었습니다.", user=admin)
    take_statement_down(declined_response(election, name="미르"), request_of(), user=admin)

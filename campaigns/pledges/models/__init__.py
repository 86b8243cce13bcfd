from .agreements import AgreementDocument, AgreementSignature, PledgeAgreement, SealJob
from .candidacies import Candidacy, CandidacyChange
from .contact_lists import ContactList
from .contacts import ContactPoint, OutreachEntry
from .countersigning import CountersignBatch, PaperAgreement, VoidProposal
from .demands import Demand, DemandSet, DemandSetVersion
from .elections import Contest, Election, Office, Post
from .guards import (
    Approval,
    BoardRelease,
    CoHost,
    CommissionInquiry,
    ReleaseOverride,
    Takedown,
)
from .imports import CandidateImport
from .invitations import Delegation, IdentityCheck, Invitation, PowerOfAttorney
from .notes import PublicNote
from .pages import PledgeBoardPage
from .respondents import Respondent
from .responses import DemandAnswer, Response
from .rounds import PledgeRound

__all__ = [
    "Takedown",
    "ReleaseOverride",
    "CommissionInquiry",
    "CoHost",
    "BoardRelease",
    "Approval",
    "AgreementDocument",
    "AgreementSignature",
    "Candidacy",
    "CandidacyChange",
    "CandidateImport",
    "ContactList",
    "ContactPoint",
    "Contest",
    "CountersignBatch",
    "Delegation",
    "Demand",
    "DemandAnswer",
    "DemandSet",
    "DemandSetVersion",
    "Election",
    "IdentityCheck",
    "Invitation",
    "Office",
    "OutreachEntry",
    "PaperAgreement",
    "PledgeAgreement",
    "PledgeBoardPage",
    "PledgeRound",
    "PowerOfAttorney",
    "Post",
    "PublicNote",
    "Respondent",
    "Response",
    "SealJob",
    "VoidProposal",
]

from .agreements import (
    BatchForm,
    HoldingForm,
    IdentityForm,
    NoteForm,
    PublicReasonForm,
    ReopeningForm,
    RespondentSearchForm,
    VoidForm,
    WithdrawalForm,
)
from .answers import AnswerForm, CodeForm, DeclineForm, SignForm, WithdrawForm
from .delegates import DelegateForm
from .elections import (
    CandidacyForm,
    ContestDetailsForm,
    ContestForm,
    CorrectionForm,
    ListForm,
    MoveForm,
    TakeBackForm,
)
from .papers import PaperForm, PaperRefusalForm

__all__ = [
    "PaperForm",
    "PaperRefusalForm",
    "IdentityForm",
    "RespondentSearchForm",
    "WithdrawalForm",
    "VoidForm",
    "ReopeningForm",
    "PublicReasonForm",
    "NoteForm",
    "HoldingForm",
    "BatchForm",
    "AnswerForm",
    "CandidacyForm",
    "CodeForm",
    "ContestDetailsForm",
    "ContestForm",
    "CorrectionForm",
    "DeclineForm",
    "DelegateForm",
    "ListForm",
    "MoveForm",
    "SignForm",
    "TakeBackForm",
    "WithdrawForm",
]

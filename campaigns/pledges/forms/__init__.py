from .answers import AnswerForm, CodeForm, DeclineForm, SignForm
from .elections import (
    CandidacyForm,
    ContestDetailsForm,
    ContestForm,
    CorrectionForm,
    ListForm,
    MoveForm,
    TakeBackForm,
)

__all__ = [
    "AnswerForm",
    "CandidacyForm",
    "CodeForm",
    "ContestDetailsForm",
    "ContestForm",
    "CorrectionForm",
    "DeclineForm",
    "ListForm",
    "MoveForm",
    "SignForm",
    "TakeBackForm",
]

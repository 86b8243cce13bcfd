from .answers import Cell, read_answers
from .contest import ContestPresenter
from .demands import DemandsPresenter
from .frame import read_frame
from .listing import BoardPresenter
from .log import LogPresenter
from .open_data import as_csv, as_json
from .respondent import RespondentPresenter

__all__ = [
    "BoardPresenter",
    "Cell",
    "ContestPresenter",
    "DemandsPresenter",
    "LogPresenter",
    "RespondentPresenter",
    "as_csv",
    "as_json",
    "read_answers",
    "read_frame",
]

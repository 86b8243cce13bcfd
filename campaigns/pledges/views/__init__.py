from .answering import answer, decline, read_all, show_answers
from .ceremony import hand_back, open_ceremony, receive
from .countersigning import choose_agreements, show_batch, sign_batch
from .delegates import delegate
from .elections import edit_contest, open_contest, show_election
from .imports import apply_list, discard_list, show_list, upload_list
from .invitations import enter_code, open_invitation, refuse_contact
from .signing import download_agreement, show_done, sign
from .withdrawing import withdraw

__all__ = [
    "answer",
    "apply_list",
    "choose_agreements",
    "decline",
    "delegate",
    "discard_list",
    "download_agreement",
    "edit_contest",
    "enter_code",
    "hand_back",
    "open_ceremony",
    "open_contest",
    "open_invitation",
    "read_all",
    "receive",
    "refuse_contact",
    "show_answers",
    "show_batch",
    "show_done",
    "show_election",
    "show_list",
    "sign",
    "sign_batch",
    "upload_list",
    "withdraw",
]

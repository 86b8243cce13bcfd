from .blocks import is_blocked, lift_block
from .certificate import make_certificate
from .confirm import confirm_by_staff, confirm_signature
from .continuation import (
    continue_signature,
    invitation_of,
    invite_signers,
    start_continuation,
    state_of_new,
    stop_continuation,
)
from .correct import DisplayConsent, correct_signature, move_signature
from .count import count_of, fold_counts, fold_petition, live_count, recount, take_count
from .moderate import change_comment_status, invalidate_signature, undo_status_change
from .retention import last_day_told
from .sign import correct_address, resend_confirmation, seconds_until_resend, sign_petition
from .state import PetitionState, forget_states, petition_state, state_of, state_of_live
from .withdraw import deny_signature, discard_signature, take_back_attempt, withdraw_signature

__all__ = [
    "stop_continuation",
    "state_of_new",
    "start_continuation",
    "last_day_told",
    "invite_signers",
    "invitation_of",
    "continue_signature",
    "DisplayConsent",
    "PetitionState",
    "change_comment_status",
    "confirm_by_staff",
    "confirm_signature",
    "correct_address",
    "correct_signature",
    "count_of",
    "deny_signature",
    "discard_signature",
    "fold_counts",
    "fold_petition",
    "forget_states",
    "invalidate_signature",
    "is_blocked",
    "lift_block",
    "live_count",
    "make_certificate",
    "move_signature",
    "petition_state",
    "recount",
    "resend_confirmation",
    "seconds_until_resend",
    "sign_petition",
    "state_of",
    "state_of_live",
    "take_back_attempt",
    "take_count",
    "undo_status_change",
    "withdraw_signature",
]

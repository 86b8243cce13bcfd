from .activity import activity, back_again
from .factors import (
    AddAppView,
    AddPasskeyView,
    FactorsView,
    NewRecoveryCodesView,
    RecoveryCodesView,
    RemoveAppView,
    RemovePasskeyView,
)
from .invitations import accept_invitation
from .login import (
    CodeAgainView,
    PasskeyAgainView,
    PasswordAgainView,
    StaffFactorView,
    StaffLoginView,
    lead_to_login,
)
from .passwords import forgotten_password, set_password
from .roles import give_preset, give_role, review_roles, show_roles, take_back
from .texts import review_text, show_guide

__all__ = [
    "AddAppView",
    "AddPasskeyView",
    "CodeAgainView",
    "FactorsView",
    "NewRecoveryCodesView",
    "PasskeyAgainView",
    "PasswordAgainView",
    "RecoveryCodesView",
    "RemoveAppView",
    "RemovePasskeyView",
    "StaffFactorView",
    "StaffLoginView",
    "accept_invitation",
    "activity",
    "back_again",
    "forgotten_password",
    "give_preset",
    "give_role",
    "lead_to_login",
    "review_roles",
    "review_text",
    "set_password",
    "show_guide",
    "show_roles",
    "take_back",
]

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
    "forgotten_password",
    "lead_to_login",
    "review_text",
    "set_password",
    "show_guide",
]

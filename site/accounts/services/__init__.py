from .attempts import begin_attempt, factor_key, fail_attempt, pass_attempt, purge_attempts
from .changes import last_review, record_change, record_review
from .factors import (
    factors_of,
    needs_factor,
    replace_secret,
    sealed_secrets,
    tell_factor_changed,
    use_code,
)
from .grants import carry_out_grants, carry_out_grants_of, give_role, take_back
from .invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from .leaving import close_account, close_idle_accounts, reopen_account, reset_factor
from .passwords import ask_for_password, set_password
from .reviews import decide
from .roles import give_preset, open_section, sync_roles, sync_roles_after_migrate
from .scopes import holds_somewhere, open_grants, reach_of
from .seals import mail_monthly_seal
from .sessions import purge_sessions
from .watch import watch_rights

__all__ = [
    "accept_invitation",
    "ask_for_password",
    "begin_attempt",
    "carry_out_grants",
    "carry_out_grants_of",
    "close_account",
    "close_idle_accounts",
    "decide",
    "factor_key",
    "factors_of",
    "fail_attempt",
    "give_preset",
    "give_role",
    "holds_somewhere",
    "last_review",
    "mail_monthly_seal",
    "invite",
    "needs_factor",
    "open_grants",
    "open_section",
    "pass_attempt",
    "purge_attempts",
    "purge_sessions",
    "reach_of",
    "record_change",
    "record_review",
    "replace_secret",
    "sealed_secrets",
    "reopen_account",
    "resend_invitation",
    "reset_factor",
    "revoke_invitation",
    "set_password",
    "sync_roles",
    "sync_roles_after_migrate",
    "take_back",
    "tell_factor_changed",
    "use_code",
    "watch_rights",
]

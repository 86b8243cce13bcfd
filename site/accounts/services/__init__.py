from .attempts import begin_attempt, factor_key, fail_attempt, pass_attempt, purge_attempts
from .factors import factors_of, needs_factor, tell_factor_changed, use_code
from .passwords import ask_for_password, set_password
from .reviews import decide
from .roles import open_section, sync_roles, sync_roles_after_migrate

__all__ = [
    "ask_for_password",
    "begin_attempt",
    "decide",
    "factor_key",
    "factors_of",
    "fail_attempt",
    "needs_factor",
    "open_section",
    "pass_attempt",
    "purge_attempts",
    "set_password",
    "sync_roles",
    "sync_roles_after_migrate",
    "tell_factor_changed",
    "use_code",
]

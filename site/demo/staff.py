from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.registry import scope_kind
from accounts.services import factors_of, give_role, needs_factor, sync_roles

from .logins import (
    ADMINISTRATOR,
    AUDITOR,
    CAMPAIGNER,
    DIRECTOR,
    EDITOR,
    EVENTS,
    LOGINS,
    MODERATOR,
    OFFICER,
    PLEDGES,
    REGIONAL,
    SECRETARY,
    TREASURER,
    demo_password,
    demo_secret,
)


def load_staff() -> None:
    """The demo's accounts: who keeps the site, who writes, approves and looks after signers."""
    _, email = ADMINISTRATOR
    if not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, demo_password(), first_name="협동", last_name="박")
    sync_roles()
    _employ(EDITOR, first_name="다솜", last_name="정")
    _employ(DIRECTOR, first_name="한결", last_name="오")
    _employ(CAMPAIGNER, first_name="이음", last_name="한")
    _employ(MODERATOR, first_name="고을", last_name="서")
    _employ(OFFICER, first_name="지킴", last_name="문")
    _employ(AUDITOR, first_name="살핌", last_name="조")
    _employ(EVENTS, first_name="모임", last_name="배")
    _employ(TREASURER, first_name="바름", last_name="셈")
    _employ(PLEDGES, first_name="언약", last_name="공")
    _employ_within("region", REGIONAL, first_name="마루", last_name="강")
    _employ_within("body", SECRETARY, first_name="나눔", last_name="임")
    equip_staff()


def equip_staff() -> None:
    """Give the demo's accounts that need a second factor this checkout's, unless they have one.

    Only those with this checkout's password: nobody else's account is touched.
    """
    staff = User.objects.filter(email__in=[email for _role, email in LOGINS], is_active=True)
    for user in staff:
        untouched = user.check_password(demo_password())
        if untouched and needs_factor(user) and not factors_of(user).exists():
            TOTP.activate(user, demo_secret())
            RecoveryCodes.activate(user)


def _employ_within(kind: str, login: tuple[str, str], **names: str) -> None:
    """One whose rights hold within a single region or body; needs one to be known."""
    role, email = login
    known = scope_kind(kind)
    key, _name = next(iter(known.choices() if known else ()), ("", ""))
    if not key or User.objects.filter(email=email).exists():
        return
    give_role(
        User.objects.create_user(email, demo_password(), **names),
        Group.objects.get(name=role),
        granted_by=User.objects.get(email=ADMINISTRATOR[1]),
        reason="시연",
        scope=(kind, key),
    )


def _employ(login: tuple[str, str], **names: str) -> None:
    role, email = login
    if not User.objects.filter(email=email).exists():
        user = User.objects.create_user(email, demo_password(), **names)
        user.groups.add(Group.objects.get(name=role))

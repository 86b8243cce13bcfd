from django.contrib.auth.models import Group

from accounts.models import User
from accounts.services import sync_roles

from .logins import ADMINISTRATOR, CAMPAIGNER, DIRECTOR, EDITOR, demo_password


def load_staff() -> None:
    """The demo's accounts: who keeps the site, who writes, approves and looks after signers."""
    _, email = ADMINISTRATOR
    if not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, demo_password(), first_name="협동", last_name="박")
    sync_roles()
    _employ(EDITOR, first_name="다솜", last_name="정")
    _employ(DIRECTOR, first_name="한결", last_name="오")
    _employ(CAMPAIGNER, first_name="이음", last_name="한")


def _employ(login: tuple[str, str], **names: str) -> None:
    role, email = login
    if not User.objects.filter(email=email).exists():
        user = User.objects.create_user(email, demo_password(), **names)
        user.groups.add(Group.objects.get(name=role))

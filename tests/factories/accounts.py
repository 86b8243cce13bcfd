import time
from datetime import timedelta

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Grant, User

PASSWORD = "소금꽃과 느린 우체통"


class UserFactory(factory.django.DjangoModelFactory):
    """A member of staff who can log in with PASSWORD and may do nothing yet."""

    email = factory.Sequence(lambda n: f"staff{n}@yeondae.example")
    last_name = "정"
    first_name = "다솜"
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)

    @factory.post_generation
    def role(self, create, extracted):
        """``UserFactory(role="조정자")`` gives the rights of that role."""
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))

    @factory.post_generation
    def factor(self, create, extracted):
        """``UserFactory(factor=True)`` has an authenticator app and recovery codes."""
        if extracted:
            give_factor(self)


def give_factor(user):
    """A new authenticator app in place of the one a person had."""
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def code_of(user, steps=0):
    """The six digits that the person's app shows now, or some half minutes later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    step = int(time.time()) // 30 + steps
    return format_hotp_value(hotp_value(decrypt(app.data["secret"]), step))


def recovery_codes_of(user):
    """The codes that the person printed and has not used."""
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return codes.wrap().get_unused_codes()


def limit_to(user, role, row, kind="region"):
    """Give ``user`` a role within one province, or within another kind of limit."""
    return GrantFactory(
        user=user,
        group=Group.objects.get(name=role),
        scope_kind=kind,
        scope_key=row.code if kind == "region" else str(row.pk),
        scope_label=row.name,
    )


class GrantFactory(factory.django.DjangoModelFactory):
    """A row as it is after it began. Services give roles; this only writes."""

    user = factory.SubFactory(UserFactory)
    starts_at = started_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    reason = "담당자 휴가"

    class Meta:
        model = Grant

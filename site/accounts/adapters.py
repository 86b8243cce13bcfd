"""What django-allauth asks this site: checking passwords, keeping secrets, telling people."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.encryption import KeyMissingError, decrypt, encrypt

from . import services
from .defaults import SECRETS
from .exceptions import TooManyAttemptsError
from .models import login_key
from .requests import note_input

JUST_NOW_SECONDS = 300


class StaffAccountAdapter(DefaultAccountAdapter):
    """Log-in with a password that is counted; nobody signs up, and allauth sends no mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "too_many_login_attempts": _(
            "Tried wrongly too often. Please wait ten minutes, then try again."
        ),
    }

    def is_open_for_signup(self, _request):
        return False

    def authenticate(self, request, **credentials):
        """The person behind address and password; the same answer for every other case."""
        email = credentials["email"]
        key = login_key(email)
        try:
            attempt = services.begin_attempt(key)
        except TooManyAttemptsError as error:
            raise self.validation_error("too_many_login_attempts") from error
        user = super().authenticate(request, **credentials)
        if user is None or not user.is_active:
            services.fail_attempt(attempt, email)
            return None
        services.pass_attempt(key)
        return user

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within some minutes of the log-in itself, so that nobody types a password twice."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        return timezone.now().timestamp() - latest > JUST_NOW_SECONDS

    def login(self, request, user):
        super().login(request, user)
        note_input(request)

    def respond_user_inactive(self, _request, _user):
        return headed_redirect_response("account_login")

    def add_message(self, request, level, *args, **kwargs):
        """Only what went wrong: that a log-in worked is seen."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def send_notification_mail(self, _template_prefix, user, *args, **kwargs):
        services.tell_factor_changed(user)


class StaffMFAAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted; who needs a factor keeps the last one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Please type the one your phone shows now."),
        "cannot_delete_authenticator": _(
            "Your rights open personal data, so one second factor has to stay. "
            "Please add another one first."
        ),
    }

    def encrypt(self, text):
        return encrypt(SECRETS, text)

    def decrypt(self, encrypted_text):
        try:
            return decrypt(SECRETS, encrypted_text)
        except KeyMissingError:
            if not settings.ALLOW_MISSING_FIELD_KEYS:
                raise
            return generate_totp_secret()  # By chance: no code fits, and nobody can guess one.

    def get_totp_issuer(self):
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user, type):
        number = services.factors_of(user).filter(type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        others = services.factors_of(user).exclude(pk=authenticator.pk)
        return others.exists() or not services.needs_factor(user)

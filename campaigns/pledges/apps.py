from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

PLEDGES = "정책협약 담당"


class PledgesConfig(AppConfig):
    """정책협약: who stands at an election, what is asked of them, what they agree to."""

    name = "campaigns.pledges"
    label = "pledges"
    verbose_name = _("Pledge agreements")

    def ready(self):
        # Models can only be imported once the registry is full.
        self._let_in()
        self._ask_consents()
        self._mail_respondents()

    @staticmethod
    def _let_in():
        from wagtail.permissions import register_permission_policy

        from accounts import defaults
        from accounts.defaults import ENTER, Role
        from accounts.policies import ScopedPolicy
        from accounts.registry import register_rights, register_role

        from .models import Candidacy

        keep = (
            *(f"pledges.{verb}_election" for verb in ("view", "add", "change", "delete")),
            *(f"pledges.{verb}_contest" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_candidacy" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_candidateimport" for verb in ("view", "add")),
        )
        see = tuple(right for right in keep if ".view_" in right)
        register_role(PLEDGES, Role(rights=(*ENTER, *keep)))
        register_rights(defaults.ADMINISTRATOR, *keep)
        for name in (defaults.DIRECTOR, defaults.CAMPAIGNER):
            register_rights(name, *see)
        register_permission_policy(
            Candidacy, ScopedPolicy(Candidacy, {"region": "contest__post__region"})
        )

    def _ask_consents(self):
        from privacy.services import sync_default_consents

        from .defaults import CONSENTS

        post_migrate.connect(
            lambda **_kwargs: sync_default_consents(CONSENTS, tool="pledges"),
            sender=self,
            dispatch_uid="pledges.sync_consents",
            weak=False,
        )

    @staticmethod
    def _mail_respondents():
        from messaging.registry import register

        from . import emails

        register(emails.INVITED, emails.invite, label=_("Policy demands: invitation"))
        register(emails.CODE, emails.send_code, label=_("Policy demands: code"))
        register(emails.RECEIVED, emails.send_receipt, label=_("Pledge agreement: signed"))

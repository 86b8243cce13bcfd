from django.apps import AppConfig
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

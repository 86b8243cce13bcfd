"""When this app's rows go: what the daily job carries out and the privacy policy tells."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rights.registry import Clock, RetentionRule, register_rule

from ..models.pages import DEFAULT_RETENTION_MONTHS
from . import purge, retention

SIGNATURES = "petitions.signatures"
BLOCKED = "petitions.blocked_addresses"
WITHOUT_DELAY = gettext_lazy("Personal Information Protection Act, article 21(1)")


def _signature_period() -> str:
    return _(
        "As told when signing, %(months)d months after the hand-over unless a petition says "
        "otherwise; two years after signing where nothing was handed over"
    ) % {"months": DEFAULT_RETENTION_MONTHS}


def _unconfirmed_period() -> str:
    days = purge.UNCONFIRMED_KEPT.days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


RULES = (
    RetentionRule(
        name="signatures_over",
        data_set=SIGNATURES,
        label=gettext_lazy("Signatures whose period is over"),
        period=_signature_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy(
            "Name, e-mail address, comment and their hashes are overwritten in the row; links, "
            "mails and reasons are deleted."
        ),
        remains=gettext_lazy("Region, day, state, reference and number, for the count"),
        clock=Clock(
            due=retention.signatures_due,
            destroy=retention.anonymise_due,
            outlook=retention.signatures_outlook,
            scope_labels=retention.petition_titles,
        ),
    ),
    RetentionRule(
        name="signatures_unconfirmed",
        data_set=SIGNATURES,
        label=gettext_lazy("Signatures that nobody confirmed"),
        period=_unconfirmed_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("The rows are deleted from the database; they cannot be restored."),
        remains=gettext_lazy("Nothing"),
        clock=Clock(
            due=purge.unconfirmed_due,
            destroy=purge.delete_unconfirmed,
            outlook=purge.unconfirmed_outlook,
            scope_labels=retention.petition_titles,
        ),
    ),
    RetentionRule(
        name="blocked_addresses",
        data_set=BLOCKED,
        label=gettext_lazy("Addresses whose owner said “I did not sign this”"),
        period=lambda: _("Until the owner of the address asks to lift the block"),
        legal_basis=gettext_lazy(
            "Personal Information Protection Act, article 15(1)6: protection from misuse"
        ),
        method=gettext_lazy("The rows are deleted from the database; they cannot be restored."),
        remains=gettext_lazy("The reason on record"),
    ),
)


def register_rules() -> None:
    """Tell the registry of them. Called once, when this app starts."""
    for rule in RULES:
        register_rule(rule)

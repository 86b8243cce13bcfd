"""What the rooms below keep about people: mails on their way, links, stopped addresses, proofs.

They do not know of retention; it is told here on their behalf.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.models import RIGHTS_SUBJECT
from evidence.models import EventValues
from messaging.models import NewsChoice, OutboxMessage, Suppression
from privacy.models import YEARS_KEPT, Token

from ..registry import Basis, DataSet, RetentionRule, register_data_set, register_rule
from . import accesses, proofs, subscriptions
from .by_age import clock_by_age

MAILS_KEPT = timedelta(days=30)
RIGHTS_CHANGES_KEPT = timedelta(days=3 * 365 + 1)
LINKS_KEPT = timedelta(days=1)

PEOPLE = gettext_lazy("Everybody who takes part or gets mail")
DELETED = gettext_lazy("The rows are deleted from the database; they cannot be restored.")
WITHOUT_DELAY = gettext_lazy("Personal Information Protection Act, article 21(1)")
MEASURES = gettext_lazy(
    "Personal Information Protection Act, article 29: measures to keep data safe"
)
NOTHING = gettext_lazy("Nothing")

DATA_SETS = (
    DataSet(
        name="access_log",
        label=gettext_lazy("Access log"),
        purpose=gettext_lazy("Showing who of the staff saw whose data, when and why"),
        items=gettext_lazy("Account, network address, time, whose data, what was done, reason"),
        basis=Basis.LAW,
        people=gettext_lazy("Staff, and the people whose data they saw"),
    ),
    DataSet(
        name="rights_changes",
        label=gettext_lazy("Changes of rights"),
        purpose=gettext_lazy("Showing who gave whom which right, when and why"),
        items=gettext_lazy("Account, role or right, reason"),
        basis=Basis.LAW,
        people=gettext_lazy("Staff"),
    ),
    subscriptions.NEWS,
    DataSet(
        name="mail",
        label=gettext_lazy("Outgoing mail"),
        purpose=gettext_lazy("Sending each mail once and answering questions about it"),
        items=gettext_lazy("A key and the state of the mail; no address, no text"),
        basis=Basis.LEGITIMATE_INTEREST,
        people=PEOPLE,
    ),
    DataSet(
        name="links",
        label=gettext_lazy("Links in mails"),
        purpose=gettext_lazy("Knowing a person's own link again"),
        items=gettext_lazy("The hash of the link, what it is for, until when it works"),
        basis=Basis.LEGITIMATE_INTEREST,
        people=PEOPLE,
    ),
    DataSet(
        name="stopped_addresses",
        label=gettext_lazy("Addresses that get no mail"),
        purpose=gettext_lazy("Sending no mail where none is wanted or accepted"),
        items=gettext_lazy("A keyed hash of the address, the reason, since when"),
        basis=Basis.LAW,
        people=PEOPLE,
    ),
    DataSet(
        name="consent_proofs",
        label=gettext_lazy("Proof of consents"),
        purpose=gettext_lazy("Showing what somebody agreed to, when and to which text"),
        items=gettext_lazy("Version of the text, choice, time, channel"),
        basis=Basis.LAW,
        people=PEOPLE,
    ),
)

RULES = (
    RetentionRule(
        name="old_accesses",
        data_set="access_log",
        label=gettext_lazy("A year of the access log"),
        period=lambda: (
            ngettext(
                "%(count)d whole year after the year that it belongs to",
                "%(count)d whole years after the year that it belongs to",
                YEARS_KEPT,
            )
            % {"count": YEARS_KEPT}
        ),
        legal_basis=MEASURES,
        method=DELETED,
        remains=gettext_lazy("How many entries there were, and the seal of the last"),
        clock=accesses.CLOCK,
    ),
    RetentionRule(
        name="old_rights_changes",
        data_set="rights_changes",
        label=gettext_lazy("What was written at a change of rights"),
        period=lambda: _("Three years after the change"),
        legal_basis=MEASURES,
        method=gettext_lazy("The words are deleted; the sealed link of the chain names nobody."),
        remains=gettext_lazy("That there was a change, when, and by which account number"),
        clock=clock_by_age(
            lambda: EventValues.objects.filter(event__subject_type=RIGHTS_SUBJECT).select_related(
                "event"
            ),
            "event__occurred_at",
            RIGHTS_CHANGES_KEPT,
        ),
    ),
    RetentionRule(
        name="told_choices",
        data_set="news",
        label=gettext_lazy("Results of choices on news that were told"),
        period=lambda: (
            ngettext("%(days)d day", "%(days)d days", MAILS_KEPT.days) % {"days": MAILS_KEPT.days}
        ),
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=gettext_lazy("The proof of the consent"),
        clock=clock_by_age(lambda: NewsChoice.objects.all(), "chosen_at", MAILS_KEPT),
    ),
    RetentionRule(
        name="subscribers",
        data_set="news",
        label=gettext_lazy("Those who get news"),
        period=lambda: _("Until they stop it; their consent is told to them every two years"),
        legal_basis=gettext_lazy(
            "Act on Promotion of Information and Communications Network Utilization, article 50(8)"
        ),
        method=DELETED,
        remains=gettext_lazy("The proof of the consent"),
    ),
    RetentionRule(
        name="finished_mail",
        data_set="mail",
        label=gettext_lazy("Mails that are done with"),
        period=lambda: (
            ngettext("%(days)d day", "%(days)d days", MAILS_KEPT.days) % {"days": MAILS_KEPT.days}
        ),
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=NOTHING,
        clock=clock_by_age(lambda: OutboxMessage.objects.finished(), "created_at", MAILS_KEPT),
    ),
    RetentionRule(
        name="expired_links",
        data_set="links",
        label=gettext_lazy("Links whose time is up"),
        period=lambda: _("One day after they stop working"),
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=NOTHING,
        clock=clock_by_age(lambda: Token.objects.all(), "expires_at", LINKS_KEPT),
    ),
    RetentionRule(
        name="ended_stops",
        data_set="stopped_addresses",
        label=gettext_lazy("Addresses that did not accept a mail"),
        period=lambda: _("30 days after the mail came back"),
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=NOTHING,
        clock=clock_by_age(
            lambda: Suppression.objects.exclude(expires_at=None), "expires_at", timedelta(0)
        ),
    ),
    RetentionRule(
        name="unsubscribed",
        data_set="stopped_addresses",
        label=pgettext_lazy("people", "Those who stopped news"),
        period=lambda: _("Until they ask for news again"),
        legal_basis=gettext_lazy(
            "Act on Promotion of Information and Communications Network Utilization, article 50(2)"
        ),
        method=DELETED,
        remains=NOTHING,
    ),
    RetentionRule(
        name="old_proofs",
        data_set="consent_proofs",
        label=gettext_lazy("Consents of people whose data is gone"),
        period=lambda: _("Three years after the data was destroyed"),
        legal_basis=gettext_lazy(
            "Personal Information Protection Act, article 22(3): proof of consent"
        ),
        method=DELETED,
        remains=NOTHING,
        clock=proofs.CLOCK,
    ),
)


def register_foundations() -> None:
    """Tell the registry of them. Called once, when this room starts."""
    for data_set in DATA_SETS:
        register_data_set(data_set)
    for rule in RULES:
        register_rule(rule)

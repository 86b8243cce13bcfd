"""When this app's rows go: what the daily job carries out and the privacy policy tells."""

from django.utils.translation import gettext_lazy, ngettext

from rights.registry import Clock, RetentionRule, register_rule

from ..models import ForumPage
from . import entry, letter_periods, retention, waiting_periods

ORDERS = "forums.order"
WAITING = "forums.waiting"
INVITATIONS = "forums.invitations"
INVITATION_REQUESTS = "forums.invitation_requests"
WITHOUT_DELAY = gettext_lazy("Personal Information Protection Act, article 21(1)")


def _forum_period() -> str:
    months = ForumPage._meta.get_field("retention_months").default
    told = ngettext(
        "%(months)d month after the forum, unless its page says otherwise; where money is still "
        "to go back, until it has gone",
        "%(months)d months after the forum, unless its page says otherwise; where money is still "
        "to go back, until it has gone",
        months,
    )
    return told % {"months": months}


def _invitation_period() -> str:
    months = ForumPage._meta.get_field("retention_months").default
    told = ngettext(
        "%(months)d month after the forum, unless its page says otherwise",
        "%(months)d months after the forum, unless its page says otherwise",
        months,
    )
    return told % {"months": months}


def _request_period() -> str:
    days = entry.ASKED_KEPT.days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


RULES = (
    RetentionRule(
        name="forum_orders",
        data_set=ORDERS,
        label=gettext_lazy("Registrations for a forum that is over"),
        period=_forum_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy(
            "Names, addresses, telephone numbers, organisations, meal notes, ticket codes and "
            "their hashes are overwritten in the rows; links, mails and reasons are deleted."
        ),
        remains=gettext_lazy("State, amount, sessions, meals and whether somebody came, as counts"),
        clock=Clock(
            due=retention.orders_due,
            destroy=retention.anonymise_orders,
            outlook=retention.orders_outlook,
            scope_labels=retention.forum_titles,
        ),
    ),
    RetentionRule(
        name="forum_letters",
        data_set=ORDERS,
        label=gettext_lazy("Letters to participants of a forum that is over"),
        period=_invitation_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("The rows are deleted from the database; they cannot be restored."),
        remains=gettext_lazy("That a letter went out, to how many, on the chain of evidence"),
        clock=Clock(
            due=letter_periods.letters_due,
            destroy=letter_periods.delete_letters,
            outlook=letter_periods.letters_outlook,
            scope_labels=retention.forum_titles,
        ),
    ),
    RetentionRule(
        name="forum_waiting",
        data_set=WAITING,
        label=gettext_lazy("Waiting lists of a forum that is over"),
        period=_invitation_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy(
            "Name, address, telephone number, organisation and their hashes are overwritten in "
            "the row; links, mails and reasons are deleted."
        ),
        remains=gettext_lazy("State, sessions, number of people and moments, as counts"),
        clock=Clock(
            due=waiting_periods.waiting_due,
            destroy=waiting_periods.anonymise_waiting,
            outlook=waiting_periods.waiting_outlook,
            scope_labels=retention.forum_titles,
        ),
    ),
    RetentionRule(
        name="forum_invitations",
        data_set=INVITATIONS,
        label=gettext_lazy("Invitations to a forum that is over"),
        period=_invitation_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("Address and name are overwritten in the row."),
        remains=gettext_lazy("Organisation and number of seats"),
        clock=Clock(
            due=retention.invitations_due,
            destroy=retention.empty_invitations,
            outlook=retention.invitations_outlook,
            scope_labels=retention.forum_titles,
        ),
    ),
    RetentionRule(
        name="forum_invitation_requests",
        data_set=INVITATION_REQUESTS,
        label=gettext_lazy("Addresses typed to prove that one belongs to an organisation"),
        period=_request_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("The rows are deleted from the database; they cannot be restored."),
        remains=gettext_lazy("Nothing"),
    ),
)


def register_rules() -> None:
    """Tell the registry of them. Called once, when this app starts."""
    for rule in RULES:
        register_rule(rule)

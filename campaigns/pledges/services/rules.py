"""When this app's rows go: what the daily job carries out and the privacy policy tells."""

from django.utils.translation import gettext, gettext_lazy, ngettext

from rights.registry import RetentionRule, register_rule

from . import retention

CONTACTS, OUTREACH = "pledges.contacts", "pledges.outreach"
DELEGATIONS, CHECKS = "pledges.delegations", "pledges.identity_checks"
ANSWERS, AGREEMENTS = "pledges.answers", "pledges.agreements"
ON_RECORD = gettext_lazy(
    "Public Official Election Act, articles 108-3 and 268; consent of whoever answers"
)
WITHOUT_DELAY = gettext_lazy("Personal Information Protection Act, article 21(1)")
DELETED = gettext_lazy("The rows are deleted from the database; they cannot be restored.")


def _period() -> str:
    months = retention.MONTHS
    told = ngettext(
        "%(months)d month after election day", "%(months)d months after election day", months
    )
    return told % {"months": months}


def _a_day() -> str:
    return gettext("until somebody decides about the list, a day at most")


def _for_good() -> str:
    return gettext("as a public record, for good; at least until six months after election day")


RULES = (
    RetentionRule(
        name="pledge_answers",
        data_set=ANSWERS,
        label=gettext_lazy("Answers to the demands of an election"),
        period=_for_good,
        legal_basis=ON_RECORD,
        method=gettext_lazy("None is deleted; staff look at each wish and answer it."),
        remains=gettext_lazy("The answers as they were published"),
    ),
    RetentionRule(
        name="pledge_agreements",
        data_set=AGREEMENTS,
        label=gettext_lazy("Pledge agreements with their seals"),
        period=_for_good,
        legal_basis=ON_RECORD,
        method=gettext_lazy("None is deleted; a withdrawal is published beside it."),
        remains=gettext_lazy("The agreement, its state and its public notes"),
    ),
    RetentionRule(
        name="pledge_contacts",
        data_set=CONTACTS,
        label=gettext_lazy("Contacts of candidates of an election that is over"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=gettext_lazy("That somebody was asked, by which way and when"),
        clock=retention.CONTACTS_CLOCK,
    ),
    RetentionRule(
        name="pledge_contact_lists",
        data_set=CONTACTS,
        label=gettext_lazy("Lists of contacts that wait to be looked at"),
        period=_a_day,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("The lines of the list are overwritten in the row."),
        remains=gettext_lazy("Who sent in a list, when, and how many contacts were entered"),
    ),
    RetentionRule(
        name="pledge_outreach",
        data_set=OUTREACH,
        label=gettext_lazy("Notes about attempts to reach candidates"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=gettext_lazy("Nothing"),
        clock=retention.OUTREACH_CLOCK,
    ),
    RetentionRule(
        name="pledge_delegations",
        data_set=DELEGATIONS,
        label=gettext_lazy("Powers of attorney of an election that is over"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=gettext_lazy("The signed agreement, which says that a delegate signed"),
        clock=retention.DELEGATIONS_CLOCK,
    ),
    RetentionRule(
        name="pledge_identity_checks",
        data_set=CHECKS,
        label=gettext_lazy("Traces of codes of an election that is over"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=gettext_lazy("The digests of code and browser are overwritten in the rows."),
        remains=gettext_lazy("That identity was checked, how and when"),
        clock=retention.CHECKS_CLOCK,
    ),
)


def register_rules() -> None:
    for rule in RULES:
        register_rule(rule)

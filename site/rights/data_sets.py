"""What this room keeps about people itself: who asked at /my/, what was asked, our answers."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from .dates import told
from .models import AddressChange, Mailbox, Request
from .registry import (
    Basis,
    DataSet,
    Erasure,
    Fact,
    Holding,
    RetentionRule,
    register_data_set,
    register_rule,
)
from .services import index_of
from .services.by_age import clock_by_age

# A link lives for an hour after its mail, and no mail is built more than a day after the wish.
ADDRESSES_KEPT = timedelta(days=2)
REQUESTS_KEPT = timedelta(days=3 * 365 + 1)


def find(address: str) -> list[Holding]:
    """The requests that were made under this address, newest first."""
    rows = Request.objects.filter(contact_index=index_of(address))
    return [_holding(row) for row in rows.order_by("-received_at")]


def _holding(row: Request) -> Holding:
    key = str(row.public_id)
    values = {"kind": row.get_kind_display(), "number": row.reference}
    return Holding(
        key=key,
        title=_("%(kind)s request %(number)s") % values,
        since=row.received_at,
        facts=_facts(row),
        kept_until=_("three years after our answer"),
        mail_keys=(key,),
        access_keys=(key,),
        erasure=Erasure.KEPT_BY_LAW,
    )


def _facts(row: Request) -> list[Fact]:
    """Everything the row says; a test compares it with the model's fields."""
    facts = [
        ("reference", pgettext("request", "Number"), row.reference),
        ("kind", pgettext("request", "Kind"), row.get_kind_display()),
        ("status", _("Status"), row.get_status_display()),
        ("name", _("Name"), row.name),
        ("contact", pgettext("request", "Contact"), row.contact),
        ("channel", pgettext("request", "Came by"), row.get_channel_display()),
        ("identity", pgettext("request", "How we knew that it is you"), _identity(row)),
        ("words", pgettext("request", "What you asked"), row.words),
        ("received_at", pgettext("request", "Received"), _moment(row.received_at)),
        ("due_on", _("Answer by"), _day(row.due_on)),
        ("extended_at", pgettext("request", "Extended"), _moment(row.extended_at)),
        ("extension_reason", _("Why it takes longer"), row.extension_reason),
        ("extension_told_by", _("How we told you"), row.get_extension_told_by_display()),
        ("extension_told_on", _("When we told you"), _day(row.extension_told_on)),
        ("closed_at", pgettext("request", "Answered"), _moment(row.closed_at)),
        ("answer", pgettext("request", "Answer"), row.answer),
        ("answered_by", pgettext("request", "Answered by"), row.get_answered_by_display()),
        ("answered_on", pgettext("request", "Answered on"), _day(row.answered_on)),
    ]
    return [Fact(name, label, str(value)) for name, label, value in facts]


def _identity(row: Request) -> str:
    return row.get_identity_display() or _("Not known yet")


def _day(value) -> str:
    return told(value) if value else ""


def _moment(value) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


REQUESTS = DataSet(
    name="rights.requests",
    label=gettext_lazy("Requests about personal data"),
    purpose=gettext_lazy("To answer in time, and to prove that and how we answered"),
    items=gettext_lazy("Name (if given), contact, what is asked, our answer"),
    basis=Basis.LAW,
    people=gettext_lazy("People who ask us about their data"),
    source=gettext_lazy("The page “My data”"),
    find=find,
)

ADDRESSES = DataSet(
    name="rights.mailboxes",
    label=gettext_lazy("Addresses typed on the page “My data”"),
    purpose=gettext_lazy("To mail the link, and to know whose it is"),
    items=gettext_lazy("E-mail address, time; for a change of address the new one too"),
    basis=Basis.LAW,
    people=gettext_lazy("People who ask us about their data"),
    source=gettext_lazy("The page “My data”"),
)

WITHOUT_DELAY = gettext_lazy("Personal Information Protection Act, article 21(1)")
DELETED = gettext_lazy("The rows are deleted from the database; they cannot be restored.")
NOTHING = gettext_lazy("Nothing")


def _two_days() -> str:
    days = ADDRESSES_KEPT.days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


RULES = (
    RetentionRule(
        name="asked_addresses",
        data_set=ADDRESSES.name,
        label=gettext_lazy("Addresses typed on the page “My data”"),
        period=_two_days,
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=NOTHING,
        clock=clock_by_age(Mailbox.objects.all, "asked_at", ADDRESSES_KEPT),
    ),
    RetentionRule(
        name="address_changes",
        data_set=ADDRESSES.name,
        label=gettext_lazy("Changes of address"),
        period=_two_days,
        legal_basis=WITHOUT_DELAY,
        method=DELETED,
        remains=NOTHING,
        clock=clock_by_age(AddressChange.objects.all, "asked_at", ADDRESSES_KEPT),
    ),
    RetentionRule(
        name="answered_requests",
        data_set=REQUESTS.name,
        label=gettext_lazy("Requests that were answered"),
        period=lambda: _("Three years after our answer"),
        legal_basis=gettext_lazy(
            "Personal Information Protection Act, articles 35 to 38: proof of the answer"
        ),
        method=DELETED,
        remains=gettext_lazy("That there was a request and when it was answered"),
        clock=clock_by_age(
            lambda: Request.objects.exclude(closed_at=None), "closed_at", REQUESTS_KEPT
        ),
    ),
)


def register_own() -> None:
    """Tell the registry of them. Called once, when this room starts."""
    for data_set in (ADDRESSES, REQUESTS):
        register_data_set(data_set)
    for rule in RULES:
        register_rule(rule)

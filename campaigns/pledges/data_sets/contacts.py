"""Where those who are asked can be reached."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.dates import korean_date, korean_moment
from rights.registry import Basis, DataSet, Fact, Holding, NotTheirsError

from ..models import ContactPoint
from ..services import rules
from ..services.contacts import contact_index
from ..services.retention import last_day_of

PEOPLE = _("Candidates, parties and their camps")


def find(address: str) -> list[Holding]:
    """Where an address is written down as the way to somebody who is asked, in one query."""
    rows = _of(address).select_related("respondent__election", "respondent__candidacy")
    return [_holding(row) for row in rows.order_by("-entered_at")]


def _of(address: str) -> QuerySet[ContactPoint]:
    index = contact_index(ContactPoint.Kind.EMAIL, address)
    return ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value_index=index)


def _holding(row: ContactPoint) -> Holding:
    facts = [
        ("kind", pgettext_lazy("contact", "Kind"), row.get_kind_display()),
        ("value", pgettext_lazy("contact", "Contact"), row.value),
        ("holder", pgettext_lazy("own contact", "Who reads it"), row.holder or ""),
        ("source", _("Source"), row.source),
        ("state", _("State"), row.get_state_display()),
        ("note", _("How it was checked"), row.note),
        ("entered_at", _("entered"), korean_moment(row.entered_at)),
        ("checked_at", _("checked"), korean_moment(row.checked_at) if row.checked_at else ""),
    ]
    return Holding(
        key=str(row.public_id),
        title=f"{row.respondent.election.name} · {row.respondent.name}",
        since=row.entered_at,
        facts=[Fact(name, label, str(value)) for name, label, value in facts],
        kept_until=korean_date(last_day_of(row.respondent.election)),
        access_keys=(str(row.respondent.public_id),),
    )


def erase(address: str, key: str) -> None:
    """Forget the way; nothing goes there any more. What was answered in public stays."""
    gone, _each = _of(address).filter(public_id=key).delete()
    if not gone:
        raise NotTheirsError


CONTACTS = DataSet(
    name=rules.CONTACTS,
    label=_("Contacts of candidates"),
    purpose=_("To ask all candidates of an election alike, and to send what they signed"),
    items=_("E-mail address, telephone number, office address, whose it is, source"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=PEOPLE,
    source=_("Public notices of the camps, or the camps themselves; each says its source"),
    find=find,
    erase=erase,
)

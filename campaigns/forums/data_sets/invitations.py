"""Whom the office invited, and who said to be of an invited organisation."""

from django.utils.translation import gettext_lazy as _

from home.dates import korean_date, korean_moment
from privacy.addresses import canonical_email
from rights.registry import Basis, DataSet, Fact, Holding, NotTheirsError

from ..models import Invitation
from ..services.retention import last_day_of
from ..services.rules import INVITATION_REQUESTS as REQUESTS_NAME
from ..services.rules import INVITATIONS as INVITATIONS_NAME


def find(address: str) -> list[Holding]:
    """The invitations that went to an address, in one query: there are some tens of them."""
    return [_holding(row) for row in _of(address)]


def _of(address: str) -> list[Invitation]:
    rows = Invitation.objects.filter(email__isnull=False)
    rows = rows.select_related("forum", "organisation").order_by("-made_at")
    wanted = canonical_email(address)
    return [row for row in rows if canonical_email(row.email) == wanted]


def _holding(row: Invitation) -> Holding:
    facts = [
        ("email", _("E-mail"), row.email),
        ("label", _("for whom"), row.label),
        ("organisation", _("Organisation"), row.organisation.name if row.organisation else ""),
        ("email_domain", _("domain of their addresses"), row.email_domain),
        ("code", _("Invitation code"), row.code),
        ("seats", _("seats"), row.seats),
        ("made_at", _("made"), korean_moment(row.made_at)),
        ("sent_at", _("sent"), korean_moment(row.sent_at) if row.sent_at else ""),
        ("revoked_at", _("revoked"), korean_moment(row.revoked_at) if row.revoked_at else ""),
    ]
    return Holding(
        key=str(row.pk),
        title=row.forum.title,
        since=row.made_at,
        facts=[Fact(name, label, str(value)) for name, label, value in facts],
        kept_until=korean_date(last_day_of(row.forum)) if row.forum.ends_at else "",
    )


def erase(address: str, key: str) -> None:
    """Forget the address; the organisation keeps its invitation."""
    if key not in {str(row.pk) for row in _of(address)}:
        raise NotTheirsError
    Invitation.objects.filter(pk=int(key)).update(email=None)


INVITATIONS = DataSet(
    name=INVITATIONS_NAME,
    label=_("Invitations to forums"),
    purpose=_("To invite member organisations and speakers, to hold seats for them"),
    items=_("E-mail address of the organisation's office, name of an invited person"),
    basis=Basis.LEGITIMATE_INTEREST,
    people=_("Contacts of member organisations, invited people"),
    source=_("The office, from the organisations' own notices"),
    find=find,
    erase=erase,
)

INVITATION_REQUESTS = DataSet(
    name=REQUESTS_NAME,
    label=_("Addresses typed to prove that one belongs to an organisation"),
    purpose=_("To mail a link to who registers for a member organisation"),
    items=_("E-mail address"),
    basis=Basis.CONTRACT,
    people=_("Who registers as a representative"),
    source=_("The form of a forum"),
)

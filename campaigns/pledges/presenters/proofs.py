"""What anybody reads about an agreement by its number: all of it is public."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evidence.registry import Proof
from home.dates import korean_moment

from ..models import PledgeAgreement
from ..services.seals import newest_document

State = PledgeAgreement.State


def prove_agreement(number: str) -> Proof | None:
    """The agreement with this number, however it was typed; None for another kind of number."""
    typed = "".join(number.split()).upper()
    rows = PledgeAgreement.objects.select_related("respondent__candidacy")
    agreement = rows.filter(number=typed).first()
    if agreement is None:
        return None
    document = newest_document(agreement)
    rows = [
        (pgettext("pledge agreement", "Number"), agreement.number),
        (_("With"), _with(agreement)),
        (_("State"), str(agreement.get_state_display())),
        (_("Form"), str(agreement.get_form_display())),
        (_("Signed on"), korean_moment(agreement.signed_at)),
    ]
    if agreement.countersigned_at:
        rows.append((_("Concluded on"), korean_moment(agreement.countersigned_at)))
    if agreement.ended_at:
        rows.append((_("Ended on"), korean_moment(agreement.ended_at)))
    rows.append((_("Check number of the text (SHA-256)"), agreement.text_sha256))
    if document:
        rows.append((_("Check number of the file (SHA-256)"), document.sha256))
    return Proof(
        title=_("Pledge agreement"),
        rows=rows,
        holds=agreement.state in PledgeAgreement.LIVING,
        note=_note(agreement),
    )


def _with(agreement: PledgeAgreement) -> str:
    who = agreement.text["respondent"]
    party = f" ({who['party']})" if who["party"] and who["party"] != who["name"] else ""
    return f"{who['name']}{party} {who['post']}".strip()


def _note(agreement: PledgeAgreement) -> str:
    if agreement.state == State.SIGNED:
        return _("The candidate signed; the coalition has not signed yet.")
    if agreement.state == State.COUNTERSIGNED:
        return ""
    note = agreement.notes.order_by("-made_at").first()
    return note.reason if note else ""

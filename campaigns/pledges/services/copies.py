"""Both sides get the final copy once its file is sealed, once."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..emails.agreements import AGREEMENT_CONCLUDED, LAST_REVISION, tell_all
from ..models import AgreementDocument, PledgeAgreement

State, Form = PledgeAgreement.State, PledgeAgreement.Form


def send_copies() -> int:
    """Have the copies of newly concluded agreements sent; returns how many agreements."""
    sealed = AgreementDocument.objects.filter(agreement=OuterRef("pk"), revision=LAST_REVISION)
    rows = PledgeAgreement.objects.filter(state=State.COUNTERSIGNED, copy_sent_at=None)
    ready = rows.filter(Exists(sealed)) | rows.filter(form=Form.PAPER)
    return sum(_send(key) for key in ready.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _send(key: int) -> bool:
    """Whichever worker marks it sends it."""
    unsent = PledgeAgreement.objects.filter(pk=key, copy_sent_at=None)
    if not unsent.update(copy_sent_at=timezone.now()):
        return False
    agreement = PledgeAgreement.objects.select_related("respondent").get(pk=key)
    tell_all(AGREEMENT_CONCLUDED, agreement.respondent, agreement.pk)
    return True

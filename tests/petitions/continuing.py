"""An old petition with a signer, and a new one that takes signatures."""

from petitions import services
from petitions.emails import CONTINUE_LIFETIME, CONTINUE_TOKEN
from privacy.models import ConsentVersion
from privacy.tokens import mint_token
from tests.factories.petitions import ContinuationFactory, PetitionPageFactory, SignatureFactory
from tests.factories.privacy import ConsentRecordFactory
from tests.petitions.citizen import EMAIL, NAME


def old_signer(new, region, *, email=EMAIL, agrees=True, **changes):
    """Somebody who signed a petition beside ``new``, and agreed to news."""
    old = changes.pop("petition", None) or PetitionPageFactory(
        parent=new.get_parent(), title="지난 국회에 낸 서명"
    )
    row = SignatureFactory(
        **{"confirmed": True, "name": NAME, **changes}, petition=old, region=region, email=email
    )
    if agrees:
        version = ConsentVersion.objects.get(definition__slug="news")
        ConsentRecordFactory(subject=row.public_id, version=version)
    return row


def ask(row, new):
    """Start, invite, and the link that the mail would carry."""
    ContinuationFactory(old=row.petition, new=new)
    services.invite_signers()
    return f"/t/k/{mint_token(CONTINUE_TOKEN, str(row.public_id), CONTINUE_LIFETIME)}/"

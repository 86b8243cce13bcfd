"""Being named with one's answers: an opinion is public only with its own consent (PIPA art. 23)."""

from django.utils import timezone

from privacy.models import ConsentVersion, RenderedConsent
from privacy.services import choose_consent

from ..defaults import PUBLICATION
from ..models import Response


def consent_asked(slug: str = PUBLICATION) -> tuple[ConsentVersion, RenderedConsent]:
    """The newest version of a consent, as the form shows it."""
    rows = ConsentVersion.objects.filter(definition__slug=slug).select_related("definition")
    newest = rows.order_by("number").last()
    assert newest is not None
    return newest, newest.render()


def agree_to_publication(response: Response) -> None:
    """Write down that the answers may be read by all, and to which text. Safe to call twice."""
    version, rendered = consent_asked()
    choose_consent(response.respondent.public_id, version, rendered.text_hash, agreed=True)
    response.publication_agreed_at = response.publication_agreed_at or timezone.now()
    response.save(update_fields=["publication_agreed_at"])

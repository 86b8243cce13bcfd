"""What stands in the places of a consent's text, such as {petition}: then and today."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Revision

from ..models import PetitionPage, Signature

Words = Mapping[str, str]


def words_when_signed(rows: Iterable[Signature]) -> dict[int, Words]:
    """What stood in the places of the consents' texts, by the petition's version."""
    numbers = {row.revision_id for row in rows if row.revision_id}
    versions = Revision.objects.filter(pk__in=numbers).only("content")
    return {version.pk: _words_of_content(version.content) for version in versions}


def _words_of_content(content: Mapping[str, Any]) -> Words:
    recipients = content.get("roll_recipients") or content.get("addressees") or ""
    months = content.get("retention_months", "")
    return {
        "petition": content.get("title", ""),
        "recipients": recipients,
        "retention": str(months),
    }


def words_of_page(page: PetitionPage) -> Words:
    return _words_of_content(
        {
            name: getattr(page, name)
            for name in ("title", "roll_recipients", "addressees", "retention_months")
        }
    )

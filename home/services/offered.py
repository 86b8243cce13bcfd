"""Which files the public may read."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from ..models import SiteDocument


def is_offered(document: SiteDocument) -> bool:
    """Whether a public page, or a setting around all pages, refers to this file; two queries."""
    page_kind = ContentType.objects.get_for_model(Page).pk
    references = ReferenceIndex.get_references_to(document)
    found = list(references.values_list("base_content_type_id", "object_id"))
    pages = [int(key) for kind, key in found if kind == page_kind]
    if len(pages) < len(found):
        return True
    return Page.objects.live().public().filter(pk__in=pages).exists()

"""Which files the public may read."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from ..models import SiteDocument


def is_offered(document: SiteDocument) -> bool:
    """Whether a public page refers to this file; two queries."""
    page_kind = ContentType.objects.get_for_model(Page).pk
    references = ReferenceIndex.get_references_to(document)
    keys = references.filter(base_content_type=page_kind).values_list("object_id", flat=True)
    pages = [int(key) for key in keys]
    return Page.objects.live().public().filter(pk__in=pages).exists()

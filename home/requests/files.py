"""All files by key, read at once and kept until something is published."""

from django.db import DEFAULT_DB_ALIAS

from ..models import SiteDocument
from ..publishing import UntilPublished

KEPT = {"id", "title", "file", "file_size"}
# In the model's own order, as ``from_db`` takes them.
FIELDS = tuple(f.attname for f in SiteDocument._meta.concrete_fields if f.attname in KEPT)


def _read_rows():
    rows = SiteDocument.objects.order_by().values_list(*FIELDS)
    return {row[FIELDS.index("id")]: row for row in rows}


_rows = UntilPublished(_read_rows)


def find_documents(keys):
    """By key, what a page says of its files. One that is younger than the others is asked for."""
    rows = _rows() if keys else {}
    young = [key for key in keys if key not in rows]
    found = {
        key: SiteDocument.from_db(DEFAULT_DB_ALIAS, FIELDS, rows[key])
        for key in keys
        if key in rows
    }
    return found | (SiteDocument.objects.in_bulk(young) if young else {})

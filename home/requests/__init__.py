"""Which page a request asks for, and the pages that it mentions, without a query for each.

Names and addresses of all pages are read at once and kept until something is published. What is
served is always read from the database; what is kept only says where to look.
"""

from .files import find_documents
from .links import DocumentLinkHandler, PageLinkHandler
from .pages import PageMap, page_map, private_q
from .routing import prepare, route

__all__ = [
    "DocumentLinkHandler",
    "PageLinkHandler",
    "PageMap",
    "find_documents",
    "page_map",
    "prepare",
    "private_q",
    "route",
]

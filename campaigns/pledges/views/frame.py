"""What all screens about elections have in common."""

from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

VIEW = "pledges.view_election"
VIEW_CONTEST, ADD_CONTEST = "pledges.view_contest", "pledges.add_contest"
CHANGE_CONTEST = "pledges.change_contest"
VIEW_LISTS, ADD_LIST = "pledges.view_candidateimport", "pledges.add_candidateimport"


def show(request, template, title, *, status=200, **context):
    """A screen; never kept by a cache."""
    context = {"page_title": title, "header_icon": "list-ul", **context}
    response = TemplateResponse(request, f"pledges/admin/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response

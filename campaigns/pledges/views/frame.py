"""What all screens about elections have in common."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from accounts.services import holds_somewhere

VIEW = "pledges.view_election"
VIEW_CONTEST, ADD_CONTEST = "pledges.view_contest", "pledges.add_contest"
CHANGE_CONTEST = "pledges.change_contest"
VIEW_CONTACTS = "pledges.view_contactpoint"
VIEW_LISTS, ADD_LIST = "pledges.view_candidateimport", "pledges.add_candidateimport"


def show(request, template, title, *, status=200, **context):
    """A screen; never kept by a cache."""
    context = {"page_title": title, "header_icon": "list-ul", **context}
    response = TemplateResponse(request, f"pledges/admin/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response


def needs(right):
    """Lets in whoever has the right, in one region perhaps; the view asks for which rows."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not holds_somewhere(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def found(rows, **which):
    row = rows.filter(**which).first()
    if row is None:
        raise Http404
    return row

"""Name badges and the attendee list: names on paper, so with the right and the record of it."""

from io import BytesIO

from django.http import FileResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..forms import SheetForm
from ..forms.sheets import BADGES
from ..models import ForumSession, Order
from ..policies import forum_for
from ..presenters import make_badges, make_list, office_of, people_to_print
from ..services.rules import ORDERS

RIGHT = "forums.export_order"


def print_sheets(request, pk):
    """A GET asks what and why; its POST writes that down first and gives the PDF."""
    forum = forum_for(request.user, pk, RIGHT)
    form = SheetForm(request.POST if request.method == "POST" else None, forum=forum)
    if not form.is_bound or not form.is_valid():
        return _show(request, forum, form)
    chosen = form.cleaned_data
    orders = policy_registry.get_by_type(Order).instances_user_has_permission_for(
        request.user, "export"
    )
    people = people_to_print(forum, orders, chosen["session"])
    if not people and not (chosen["kind"] == BADGES and chosen.get("podium")):
        form.add_error("session", _("Nobody has a sure seat here yet."))
        return _show(request, forum, form)
    _write_down(request, people, chosen["reason"])
    return _sheet(forum, people, chosen)


def _write_down(request, people, reason):
    """Before anything is printed; those on the podium stand on the public page."""
    if people:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=AccessAction.PRINT,
            data_set=ORDERS,
            subjects=sorted({str(ticket.order.public_id) for ticket in people}),
            reason=reason,
        )


def _sheet(forum, people, chosen):
    if chosen["kind"] == BADGES:
        content, name = make_badges(forum, people, podium=bool(chosen.get("podium"))), "명찰.pdf"
    else:
        sessions = ForumSession.objects.filter(forum=forum).order_by("starts_at", "sort_order")
        shown = [chosen["session"]] if chosen["session"] else list(sessions)
        content, name = make_list(forum, people, shown), "참석자 명부.pdf"
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type="application/pdf"
    )
    response["Cache-Control"] = "no-store"
    return response


def _show(request, forum, form):
    context = {
        "page": forum,
        "form": form,
        "offers": office_of(request.user, forum),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "forums/admin/sheets.html", context, status=status)

"""Tickets: behind their own link, for the one who comes; behind the order's, to hand them on."""

import uuid
from io import BytesIO

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from home.context_processors import site_details
from privacy.tokens import read_token
from typesetting.services import render_pdf

from .. import services
from ..emails import TICKET_TOKEN, ticket_path
from ..exceptions import AttendeeFixedError, PaperNotIssuedError
from ..forms import AttendeeForm
from ..models import Ticket
from ..presenters import TicketPresenter, make_any, make_paper
from .links import link_page
from .order_pages import order_page, see_order


def _ticket(token):
    public_id = uuid.UUID(read_token(TICKET_TOKEN, token))
    tickets = Ticket.objects.select_related(
        "order__forum__contact", "order__invitation__organisation"
    )
    return tickets.get(public_id=public_id, anonymised_at=None)


ticket_page = link_page(_ticket)


@ticket_page
def show_ticket(request, token, ticket):
    context = {
        "page": ticket.order.forum,
        "shown": TicketPresenter(ticket, timezone.now()),
        "token": token,
    }
    return render(request, "forums/ticket.html", context)


@ticket_page
def download_ticket(request, token, ticket):
    shown = TicketPresenter(ticket, timezone.now())
    if not shown.opens_doors:
        return _see_ticket(token)
    values = shown.as_values(organisation=site_details().organisation_name)
    made = render_pdf("forums/ticket.typ", values, made_at=ticket.order.status_changed_at)
    return as_pdf(made, "참가권.pdf")


@ticket_page
def download_calendar(request, token, ticket):
    shown = TicketPresenter(ticket, timezone.now())
    response = HttpResponse(shown.calendar(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "참가 일정.ics")
    return response


@ticket_page
def download_attendance(request, token, ticket):
    try:
        paper = services.issue_paper(services.Kind.ATTENDANCE, ticket.order, ticket)
    except PaperNotIssuedError:
        return _see_ticket(token)
    return as_pdf(make_paper(paper, ticket.order, site_details()), "참가확인서.pdf")


@order_page
def download_paper(request, token, order, kind):
    try:
        content, name = make_any(kind, order, site_details())
    except PaperNotIssuedError:
        return see_order(token)
    return as_pdf(content, name)


@order_page
def open_ticket(request, token, order, number):
    """A link that can be handed on: whoever has it sees one ticket and not the order."""
    ticket = order.tickets.filter(number=number, anonymised_at=None).first()
    if request.method != "POST" or ticket is None:
        return see_order(token)
    return _see_other(ticket_path(ticket))


@order_page
def change_attendee(request, token, order, number):
    ticket = order.tickets.filter(number=number, anonymised_at=None).first()
    if ticket is None or not services.may_change_attendee(order, ticket):
        return see_order(token)
    eats = ticket.takes_meal and any(seat.session.meal for seat in _seats(ticket))
    form = AttendeeForm(
        request.POST if request.method == "POST" else None,
        eats=eats,
        initial={"organisation": ticket.organisation or ""},
    )
    if request.method != "POST" or not form.is_valid():
        context = {"page": order.forum, "ticket": ticket, "token": token, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "forums/change_attendee.html", context, status=status)
    try:
        services.change_attendee(order, number, **form.cleaned_data)
    except AttendeeFixedError:
        return see_order(token)
    return see_order(token, told="attendee")


def _seats(ticket):
    return ticket.seats.select_related("session")


def _see_ticket(token):
    return _see_other(reverse("forums:show-ticket", args=[token]))


def _see_other(path):
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def as_pdf(content, name):
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type="application/pdf"
    )

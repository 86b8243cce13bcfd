"""The page behind the link: everything that is held, and the ways to change it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from messaging.services import resume_news, stop_news

from .. import services, tokens
from ..decorators import link_page
from ..models import Mailbox
from ..presenters import DONE, as_document, as_json, shown_accesses, shown_mails


def own_mailbox(email_index):
    """Whose the link is. Raises Mailbox.DoesNotExist when that has been forgotten."""
    return Mailbox.objects.get(email_index=bytes.fromhex(email_index))


def my_page(view=None, *, methods=("GET", "HEAD", "POST")):
    """For a page of somebody who has opened the link in their mailbox."""
    decorate = link_page(tokens.MY_TOKEN, own_mailbox, methods=methods)
    return decorate(view) if view else decorate


def to_mine(token, done):
    """Back to everything, with a word on what was done."""
    response = redirect(f"{tokens.my_path(token)}?done={done}")
    response.status_code = 303
    return response


@my_page(methods=("GET", "HEAD"))
def show(request, token, mailbox):
    everything = services.gather_everything(mailbox.email)
    done = request.GET.get("done", "")
    context = {
        "token": token,
        "everything": everything,
        "accesses": shown_accesses(everything),
        "mails": shown_mails(everything),
        "done": DONE.get(done),
        "can_undo": done == "corrected" and tokens.UNDO_COOKIE in request.COOKIES,
    }
    return render(request, "rights/mine.html", context)


@my_page(methods=("GET", "HEAD"))
def download(request, token, mailbox, form):
    document = as_document(services.gather_everything(mailbox.email))
    if form == "json":
        content, kind = as_json(document), "application/json"
    else:
        content, kind = (
            render_to_string("rights/download.html", {"document": document}),
            "text/html",
        )
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    name = _("My data %(day)s") % {"day": f"{document['as_of']:%Y-%m-%d}"}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    return response


@my_page(methods=("POST",))
def change_news(request, token, mailbox):
    index = bytes(mailbox.email_index)
    if request.POST.get("action") == "resume":
        resume_news(index)
        return to_mine(token, "news-resumed")
    stop_news(index)
    return to_mine(token, "news-stopped")

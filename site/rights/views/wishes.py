"""A request to staff by somebody who came over a link."""

from django.shortcuts import render

from .. import services
from ..forms import RequestForm
from ..models import Request
from .mine import my_page, to_mine


@my_page
def lodge_own(request, token, mailbox):
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "rights/lodge.html", {"token": token, "form": form}, status=status)
    way = {"channel": Request.Channel.LINK, "identity": Request.Identity.MAILBOX}
    wish = services.Wish(contact=mailbox.email, **way, **form.cleaned_data)
    services.lodge_request(wish)
    return to_mine(token, "lodged")

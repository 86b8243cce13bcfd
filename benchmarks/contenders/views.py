"""The floors of signing and registering, the naive way of signing; middleware and guard as ours."""

from functools import cache

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Page, Site

from campaigns.forums.forms import OrderForm
from campaigns.forums.services import forum_state
from petitions.forms import sign_form_class
from petitions.models import PetitionPage
from petitions.services import petition_state
from privacy.decorators import same_origin_post

from .forms import NaiveForm
from .models import NaiveSignature


@cache
def _form_class(page_path):
    state = petition_state(page_path)
    return sign_form_class(state.regions, state.consents, asks_comment=state.page.asks_comment)


def _see_other(path):
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


@same_origin_post
def sign_without_database(request, page_path):
    """The floor: the site's own sign form is checked, and nothing is written."""
    form = _form_class(page_path)(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    return _see_other(f"/{page_path}/check-mail/")


@same_origin_post
def register_without_database(request, page_path):
    """The floor: the site's own form is checked, and nothing is written."""
    state = forum_state(page_path)
    form = OrderForm(request.POST, sessions=state.sessions_for(None, timezone.now()))
    if not form.is_valid():
        return HttpResponse(status=422)
    return _see_other(f"/{page_path}/")


@same_origin_post
def sign_naively(request, page_path):
    """A ModelForm, and COUNT(*) of who confirmed. Nothing is encrypted, no mail is queued."""
    petition = get_object_or_404(PetitionPage, slug=page_path.rpartition("/")[2])
    form = NaiveForm(request.POST, instance=NaiveSignature(petition=petition))
    if not form.is_valid():
        return HttpResponse(status=422)
    form.save()
    confirmed = NaiveSignature.objects.filter(petition=petition, status="confirmed")
    number = confirmed.count()
    return _see_other(f"/{page_path}/check-mail/?number={number}")


def read_naively(request, page_path):
    """An article as a first draft of a Wagtail site shows it."""
    result = Page.route_for_request(request, page_path)
    if result is None:
        raise Http404
    home = Site.find_for_request(request).root_page
    list(result.page.get_view_restrictions())
    return render(request, "contenders/article.html", {"page": result.page, "home": home})

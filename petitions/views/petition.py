from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.context_processors import site_details
from home.requests import prepare
from home.views import KAKAO_HOSTS

from .. import services
from ..exceptions import PetitionNotFoundError
from ..forms import sign_form_class
from ..presenters import PetitionPresenter

PUBLIC = "public, max-age=0, s-maxage=1"


def show_petition(request, page, *, form=None, status=200, alert=None):
    """The petition page: as published, with the errors of a form, or with an alert on top."""
    is_draft = getattr(request, "is_preview", False)
    live_count = services.take_count(page)
    state = form.state if form else _state(page, is_draft)
    if not is_draft:
        prepare(page)
    context = page.get_context(request)
    context["petition"] = PetitionPresenter(page, live_count, timezone.now())
    context["form"] = form or make_form(state)
    context["alert"] = alert
    context["sign_url"] = f"{state.path}sign/"
    return TemplateResponse(request, "petitions/petition_page.html", context, status=status)


def _state(page, is_draft):
    """The state in which a live page takes signatures; of a draft, what it says itself."""
    return services.state_of(page) if is_draft else services.state_of_live(page)


def make_form(state, data=None, **kwargs):
    """The sign form of a petition, bound to ``data`` if given."""
    form_class = sign_form_class(
        state.regions, state.consents, asks_comment=state.page.asks_comment
    )
    form = form_class(data, **kwargs)
    form.state = state
    return form


@require_safe
def count(request, page_path):
    try:
        state = services.petition_state(page_path)
    except PetitionNotFoundError as error:
        raise Http404 from error
    live = services.live_count(state.petition_id)
    response = JsonResponse(
        {
            "confirmed": live.confirmed,
            "online": live.online,
            "paper": live.paper,
            "goal": state.page.goal_for(live.confirmed),
            "as_of": timezone.localtime(live.as_of).isoformat(timespec="seconds"),
        }
    )
    response["Cache-Control"] = PUBLIC
    return response


@require_safe
def share(request, page_path):
    """Ways to share a petition, at an address without a secret: Kakao's script may load here."""
    try:
        page = services.petition_state(page_path).page
    except PetitionNotFoundError as error:
        raise Http404 from error
    petition = PetitionPresenter(page, services.live_count(page.pk), timezone.now())
    response = render(request, "petitions/share.html", {"page": page, "petition": petition})
    if site_details().kakao_javascript_key:
        response._csp_update = KAKAO_HOSTS
    return response

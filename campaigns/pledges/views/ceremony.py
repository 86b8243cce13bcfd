"""One tablet at a ceremony: staff check who is there, and hand it over; it comes back empty."""

from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from privacy.decorators import same_origin_post
from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..exceptions import AgreementStandsError, AnswersClosedError
from ..forms import IdentityForm, RespondentSearchForm
from ..models import Election, Respondent
from ..services.ceremony import receive_on_site
from ..services.identity import make_browser_secret
from .access import AGREEMENTS, party_of, post_of, readable
from .frame import show
from .links import CEREMONY, COOKIE, PATH, keep_browser, see

RIGHT = "pledges.change_pledgeagreement"
MOST_FOUND = 30
OF_RESPONDENT = ("election", "region", "candidacy__contest__post__region__parent__parent")


def _respondents(user):
    return readable(user, Respondent).select_related(*OF_RESPONDENT)


@require_safe
@permission_required(RIGHT)
def open_ceremony(request, pk):
    """Whom the tablet is for: found by name."""
    election = get_object_or_404(Election, pk=pk)
    form = RespondentSearchForm(request.GET or None)
    found = []
    if form.is_bound and form.is_valid():
        rows = _respondents(request.user).filter(election=election)
        name = form.cleaned_data["name"]
        rows = rows.filter(candidacy__name__contains=name) | rows.filter(party_name__contains=name)
        found = [
            (row, post_of(row), party_of(row))
            for row in rows.order_by("candidacy__name", "party_name", "pk")[:MOST_FOUND]
        ]
    return show(
        request, "ceremony", _("Signing ceremony"), election=election, form=form, found=found
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RIGHT)
def receive(request, public_id):
    """Who is there is compared with an identity card; then the log-in on this tablet ends."""
    respondent = _respondents(request.user).filter(public_id=public_id).first()
    if respondent is None:
        raise Http404
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _hand_over(request, respondent, form.card)
    return show(
        request,
        "ceremony_receive",
        _("Check who is there"),
        status=422 if form.errors else 200,
        form=form,
        respondent=respondent,
        post=post_of(respondent),
        party=party_of(respondent),
    )


def _hand_over(request, respondent, document):
    record_access(
        user=request.user,
        address=client_ip(request),
        action=AccessAction.CHANGE,
        data_set=AGREEMENTS,
        subjects=[str(respondent.public_id)],
        reason=_("Identity checked on site: %(document)s") % {"document": document},
    )
    browser = make_browser_secret()
    try:
        _invitation, token = receive_on_site(respondent, user=request.user, browser=browser)
    except AgreementStandsError:
        messages.error(request, _("An agreement waits or holds already."))
    except AnswersClosedError:
        messages.error(request, _("The time to answer is over, or they signed no agreements."))
    else:
        logout(request)
        response = see("show-answers", token)
        keep_browser(request, response, browser)
        response.set_cookie(
            CEREMONY, "1", path=PATH, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
        return response
    return redirect("pledges_ceremony", respondent.election_id)


@same_origin_post
def hand_back(request):
    """The tablet forgets who signed on it."""
    response = render(request, "pledges/handed_back.html")
    for name in (COOKIE, CEREMONY):
        response.delete_cookie(name, path=PATH, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response

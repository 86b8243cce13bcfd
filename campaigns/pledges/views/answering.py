"""The demands, one after the other or all on one page; saved as they are answered."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.dates import korean_time

from ..exceptions import (
    AnswerElsewhereError,
    AnswersClosedError,
    CommentMissingError,
    DemandGoneError,
)
from ..forms import AnswerForm, DeclineForm
from ..presenters import InvitationPresenter
from ..services.answers import (
    accept_all,
    adopt_new_versions,
    decline_all,
    has_new_versions,
    save_answer,
)
from .links import answering_page, see

CONFLICT, INVALID = 409, 422
ELSEWHERE = "elsewhere"  # code of an error: another device was faster
JSON = "application/json"


@answering_page
def show_answers(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if shown.response is None:
        return see("open-invitation", token)
    if not shown.is_open:
        return see("show-done", token)
    changed = adopt_new_versions(invitation) if request.method == "POST" else []
    if request.method == "POST":
        shown = InvitationPresenter(invitation)
    context = {
        "shown": shown,
        "token": token,
        "changed": changed,
        "is_outdated": has_new_versions(shown.response),
        "told": request.GET.get("told", ""),
    }
    return render(request, "pledges/answers.html", context)


@answering_page
def answer(request, token, invitation, place):
    shown = InvitationPresenter(invitation)
    if shown.response is None or not shown.is_open:
        return _closed(request, token)
    card = next((card for card in shown.cards if card.place == place), None)
    if card is None:
        raise Http404
    if request.method != "POST":
        context = {"shown": shown, "token": token, "card": card, "form": _form_of(shown, card)}
        return render(request, "pledges/answer.html", context)
    form = AnswerForm(request.POST)
    refusal = _save(invitation, card, form)
    if wants_json(request):
        return _as_json(invitation, form, refusal)
    if refusal:
        return _refuse(request, token, invitation, place, form, refusal)
    following = place + 1
    if following > len(shown.cards):
        return see("show-answers", token)
    return see("answer", token, following)


def _form_of(shown, card):
    return AnswerForm(
        initial={
            "choice": card.choice,
            "comment": card.comment,
            "demand": card.demand.pk,
            "seen": shown.revision,
        }
    )


def _save(invitation, card, form):
    """Keep what is valid; the status of a refusal, or None."""
    if not form.is_valid():
        return INVALID
    cleaned = form.cleaned_data
    try:
        if cleaned["demand"] not in (None, card.demand.pk):
            raise DemandGoneError  # At this place stands another one than was read.
        save_answer(
            invitation,
            card.demand,
            cleaned["choice"],
            cleaned["comment"],
            seen=cleaned["seen"],
        )
    except AnswersClosedError:
        form.add_error(None, _("The last moment to answer is over: this was not saved."))
    except DemandGoneError:
        form.add_error(None, _("This demand reads differently by now. Please go back to the list."))
    except AnswerElsewhereError:
        told = _("It was answered on another device meanwhile: yours is not saved yet.")
        form.add_error(None, ValidationError(told, code=ELSEWHERE))
    except CommentMissingError:
        form.add_error("comment", _("Please say which part you accept: it is public."))
    else:
        return None
    return CONFLICT


def _refuse(request, token, invitation, place, form, status):
    """What was typed, under the demand that was read, beside what is kept of it by now."""
    shown = InvitationPresenter(invitation)
    card = shown.card_read(form.cleaned_data.get("demand"), place)
    is_elsewhere = form.has_error(NON_FIELD_ERRORS, ELSEWHERE)
    if is_elsewhere:
        form.take_as_read(shown.revision)  # Pressing once more decides between the two.
    context = {"shown": shown, "token": token, "card": card, "form": form}
    context["kept"] = card if is_elsewhere else None
    return render(request, "pledges/answer.html", context, status=status)


def as_revision(text):
    """The revision that a page had read; None where it does not say."""
    return int(text) if text.isdecimal() else None


def wants_json(request):
    return request.headers.get("Accept", "") == JSON


def _as_json(invitation, form, refusal):
    if refusal:
        said = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"refused": said[0]}, status=refusal)
    shown = InvitationPresenter(invitation)
    return JsonResponse({"saved_at": korean_time(shown.now, spoken=True), "seen": shown.revision})


def _closed(request, token):
    if wants_json(request):
        refused = _("The last moment to answer is over: this was not saved.")
        return JsonResponse({"refused": refused}, status=CONFLICT)
    return see("show-answers", token)


@answering_page
def read_all(request, token, invitation):
    """Every demand on one page; at its end, all can be accepted at once."""
    shown = InvitationPresenter(invitation)
    if shown.response is None or not shown.is_open:
        return see("show-answers", token)
    if request.method != "POST":
        return render(request, "pledges/read_all.html", {"shown": shown, "token": token})
    try:
        accept_all(
            invitation,
            [int(key) for key in request.POST.getlist("demand") if key.isdecimal()],
            seen=as_revision(request.POST.get("seen", "")),
        )
    except DemandGoneError:
        return see("show-answers", token, told="changed")
    except AnswerElsewhereError:
        return see("show-answers", token, told="elsewhere")
    except AnswersClosedError:
        return see("show-answers", token)
    return see("sign", token)


@answering_page
def decline(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if shown.response is None or not shown.is_open:
        return see("show-answers", token)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            decline_all(invitation, form.cleaned_data["statement"])
        except AnswersClosedError:
            return see("show-answers", token)
        return see("show-done", token)
    status = INVALID if form.errors else 200
    context = {"shown": shown, "token": token, "form": form}
    return render(request, "pledges/decline.html", context, status=status)

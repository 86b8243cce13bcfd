"""One row: putting facts right, and choosing each consent anew."""

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from .. import services, tokens
from ..exceptions import ConsentChangedError, ConsentFixedError
from ..registry import NotTheirsError
from .mine import my_page, to_mine


@my_page
def correct(request, token, mailbox, data_set, key):
    held = services.find_held(mailbox.email, data_set, key)
    if held.data_set.correction_form is None:
        raise NotTheirsError
    typed = request.POST if request.method == "POST" else None
    form = held.data_set.correction_form(mailbox.email, key, typed)
    if typed is None or not form.is_valid():
        context = {"token": token, "held": held, "form": form}
        return render(request, "rights/correct.html", context, status=200 if typed is None else 422)
    held.data_set.correct(mailbox.email, key, form.cleaned_data)
    response = to_mine(token, "corrected" if form.has_changed() else "unchanged")
    if form.has_changed():
        before = {name: str(value or "") for name, value in form.initial.items()}
        _remember(response, token, tokens.Undo(data_set, key, before))
    return response


def _remember(response, token, undo):
    response.set_cookie(
        tokens.UNDO_COOKIE,
        tokens.seal_undo(undo),
        max_age=int(tokens.LINK_LIFETIME.total_seconds()),
        path=tokens.my_path(token),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


@my_page(methods=("POST",))
def undo(request, token, mailbox):
    """Write back what stood there before the last correction made in this browser."""
    before = tokens.open_undo(request.COOKIES.get(tokens.UNDO_COOKIE, ""))
    if before is None:
        return to_mine(token, "no-undo")
    held = services.find_held(mailbox.email, before.data_set, before.key)
    values = QueryDict(mutable=True)
    values.update(before.values)
    form = held.data_set.correction_form(mailbox.email, before.key, values)
    if not form.is_valid():
        context = {"token": token, "held": held, "form": form}
        return render(request, "rights/correct.html", context, status=422)
    held.data_set.correct(mailbox.email, before.key, form.cleaned_data)
    response = to_mine(token, "undone")
    response.delete_cookie(tokens.UNDO_COOKIE, path=tokens.my_path(token))
    return response


@my_page
def choose(request, token, mailbox, data_set, key):
    held = services.find_held(mailbox.email, data_set, key)
    if request.method != "POST":
        return _show_consents(request, token, held)
    agreed = request.POST.get("choice") == "agree"
    definition_id, text_hash = request.POST.get("consent", ""), request.POST.get("text", "")
    try:
        services.change_consent(
            mailbox.email,
            held,
            int(definition_id) if definition_id.isdecimal() else 0,
            text_hash,
            agreed=agreed,
        )
    except ConsentFixedError as error:
        raise NotTheirsError from error
    except ConsentChangedError:
        alert = _("This text has changed since you opened the page. Please read it and choose.")
        return _show_consents(request, token, held, alert=alert, status=409)
    return to_mine(token, "consent-given" if agreed else "consent-withdrawn")


def _show_consents(request, token, held, *, alert="", status=200):
    context = {"token": token, "held": held, "alert": alert}
    return render(request, "rights/consents.html", context, status=status)

"""Registering: one screen, one post. What was typed is never lost."""

from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from home.decorators import keeps_typing
from payments.services import takes_cards
from privacy.decorators import same_origin_post, throttles_itself
from privacy.requests import throttle
from privacy.tokens import TokenExpiredError, TokenInvalidError, read_token

from .. import services
from ..emails import INVITATION_TOKEN, order_path
from ..exceptions import (
    ForumError,
    ForumNotFoundError,
    MealsGoneError,
    NotInvitedError,
    OrganisationSeatsGoneError,
    OtherOrganisationError,
    SoldOutError,
)
from ..forms import MemberAddressForm, OrderForm
from ..forms.orders import CARD, MOST_PEOPLE
from ..models import Invitation
from ..presenters import session_choices
from .card_pages import go_to_card_page
from .form_cookie import key_of_form, key_that_counts, remember_form

APPLY_LIMIT = 60  # per minute and address: an office or a phone network may share one
CODE_LIMIT = 20  # codes are short enough to be typed, so nobody may try many


def takes_registration(view):
    """A page of a forum with a form: GET shows it, a POST of this site is taken."""

    @keeps_typing(too_large="forums/too_large.html")
    @wraps(view)
    def found(request, page_path):
        try:
            return view(request, services.forum_state(page_path))
        except ForumNotFoundError as error:
            raise Http404 from error

    guarded = same_origin_post(found)

    @wraps(view)
    def entrance(request, page_path):
        door = found if request.method in ("GET", "HEAD") else guarded
        return door(request, page_path)

    return csrf_exempt(throttles_itself(entrance))


@dataclass
class Entry:
    """The form on its way: what was typed, and what a code opened."""

    state: services.ForumState
    code: str = ""
    invitation: Invitation | None = None
    wrong_code: bool = False

    @property
    def sessions(self):
        return self.state.sessions_for(self.invitation, timezone.now())

    def form(self, data=None, *, people=1, **kwargs):
        sessions = self.sessions
        return OrderForm(data, sessions=sessions, people=people, asks_how=self.asks_how, **kwargs)

    @property
    def asks_how(self):
        """Whether there are two ways to pay. Without an account the card is the only one."""
        return takes_cards() and self.state.account is not None

    def pays_by_card(self, cleaned):
        return takes_cards() and (not self.asks_how or cleaned["pay"] == CARD)


@takes_registration
def apply(request, state):
    if request.method != "POST":
        return show_form(request, Entry(state))
    people = _people(request)
    entry = Entry(state, code=request.POST.get("code", "")[:40])
    if throttle(request, "apply", limit=APPLY_LIMIT, seconds=60):
        return _typed_again(request, entry, people, status=429, alert=too_many())
    if entry.code:
        if throttle(request, "forum-code", limit=CODE_LIMIT, seconds=60):
            return _typed_again(request, entry, people, status=429, alert=too_many())
        open_code(entry)
    step = next((name for name in STEPS if name in request.POST), None)
    if step:
        return STEPS[step](request, entry, people)
    if entry.wrong_code:
        return _typed_again(request, entry, people, status=422)
    form = entry.form(request.POST, people=people)
    if not form.is_valid():
        return show_form(request, entry, form=form, status=422)
    return _place(request, entry, form)


def open_code(entry):
    """Note whose invitation the code is, or that it opens nothing."""
    try:
        entry.invitation = services.invitation_by_code(entry.state, entry.code)
    except NotInvitedError:
        entry.wrong_code = True


def _open_code(request, entry, people):
    return _typed_again(request, entry, people, status=422 if entry.wrong_code else 200)


def _add_person(request, entry, people):
    return _typed_again(request, entry, min(people + 1, MOST_PEOPLE))


def _remove_person(request, entry, people):
    """Take one out; those behind move up."""
    values = request.POST.copy()
    try:
        gone = int(values["remove"])
    except ValueError:
        gone = people
    for number in range(max(gone, 2), people):
        for name in ("name", "organisation", "meal", "meal_note"):
            values[f"{name}_{number}"] = values.get(f"{name}_{number + 1}", "")
    request.POST = values
    return _typed_again(request, entry, max(people - 1, 1))


STEPS = {"add": _add_person, "remove": _remove_person, "open": _open_code}


def _people(request):
    try:
        return min(max(int(request.POST.get("people", "1")), 1), MOST_PEOPLE)
    except ValueError:
        return 1


def _place(request, entry, form):
    cleaned = form.cleaned_data
    asked = services.Registration(
        form_key=key_that_counts(request, cleaned["form_key"]),
        people=tuple(services.Person(**values) for values in form.people_values()),
        session_ids=cleaned["sessions"],
        email=cleaned["email"],
        phone=cleaned["phone"],
        wants_receipt=cleaned["wants_receipt"],
        invitation=entry.invitation,
        pays_by_card=entry.pays_by_card(cleaned),
    )
    try:
        order = services.place_order(entry.state, asked)
    except ForumError as error:
        return show_form(request, entry, form=form, status=409, alert=_refusal(error))
    address = order_path(order)
    if asked.pays_by_card and order.amount_krw:
        return remember_form(go_to_card_page(order, address), entry.state, asked.form_key)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return remember_form(response, entry.state, asked.form_key)


def _refusal(error):
    if isinstance(error, SoldOutError):
        words = _("While you were typing, the last seats went: %(sessions)s.")
        return words % {"sessions": ", ".join(error.sessions)}
    if isinstance(error, MealsGoneError):
        return _("There are seats, but no more meals. Please choose “I do not eat” to register.")
    if isinstance(error, OrganisationSeatsGoneError):
        words = _("The seats of your organisation are taken by: %(names)s.")
        return words % {"names": ", ".join(error.holders)}
    if isinstance(error, OtherOrganisationError):
        return _("This e-mail address or phone number holds a seat of another organisation.")
    if isinstance(error, NotInvitedError):
        return _("This session needs the invitation code of your organisation.")
    return _("Registration is closed for what you chose. Please look at the sessions again.")


def too_many():
    """What somebody is told who tries too often."""
    return _("Too many tries came from your network at once. Please try in a minute.")


def _typed_again(request, entry, people, *, status=200, **kwargs):
    """The form with what was typed, not checked yet."""
    typed = {name: request.POST.get(name) for name in request.POST}
    typed["sessions"] = request.POST.getlist("sessions")
    form = entry.form(people=people, initial=typed)
    return show_form(request, entry, form=form, status=status, **kwargs)


def show_form(request, entry, *, form=None, status=200, alert=None, **context):
    """The form of a forum: empty, with errors, or with an alert on top."""
    state, now = entry.state, timezone.now()
    if form is None:
        form = entry.form(initial={"sessions": [str(s.pk) for s in entry.sessions[:1]]})
    choices = session_choices(form, entry.invitation)
    context = {
        "page": state.page,
        "state": state,
        "entry": entry,
        "form": form,
        "form_key": key_of_form(request, form["form_key"].value()),
        "session_choices": choices,
        "is_full": any(choice.is_full for choice in choices),
        "is_open": state.is_open(now),
        "due_at": state.due_at(now) if state.sessions else None,
        "takes_cards": takes_cards(),
        "share": services.share_at(state.page, now),
        "alert": alert,
        "opens_later": state.opens_later(now),
        "member_form": MemberAddressForm(),
        "apply_url": f"{state.path}apply/",
        "wait_url": f"{state.path}wait/" if state.page.takes_waiting else "",
        **context,
    }
    response = TemplateResponse(request, "forums/apply.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@takes_registration
def ask_for_link(request, state):
    """Mail the way in to an address of a member organisation; the answer is always the same."""
    if request.method != "POST":
        return show_form(request, Entry(state))
    form = MemberAddressForm(request.POST)
    if throttle(request, "forum-link", limit=CODE_LIMIT, seconds=60):
        return show_form(request, Entry(state), status=429, alert=too_many())
    if not form.is_valid():
        return show_form(request, Entry(state), status=422, member_form=form)
    services.ask_for_link(state, form.cleaned_data["member_email"])
    return show_form(request, Entry(state), asked=form.cleaned_data["member_email"])


@require_safe
def open_invitation(request, token):
    """The form with an organisation's sessions, behind the link of a mail."""
    try:
        subject = read_token(INVITATION_TOKEN, token)
        invitation = Invitation.objects.select_related("forum", "organisation").get(
            pk=int(subject), revoked_at=None
        )
        state = services.forum_state(invitation.forum.get_url_parts()[2])
    except TokenExpiredError:
        response = render(request, "forums/link_expired.html", status=410)
    except (TokenInvalidError, Invitation.DoesNotExist, ForumNotFoundError):
        response = render(request, "forums/link_unknown.html", status=404)
    else:
        response = show_form(request, Entry(state, code=invitation.code, invitation=invitation))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response

"""Codes of one forum: who has one, whether it was sent, how many seats are gone."""

from dataclasses import dataclass

from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from home.network.models import Organisation
from privacy.masking import mask_email

from .. import services
from ..admin_forms import AddressForm, GuestForm, InviteForm
from ..exceptions import NoAddressError, SeatsTakenError
from ..models import ForumSession, Invitation
from ..policies import forum_for, is_within_reach
from ..presenters import office_of

Audience = ForumSession.Audience
USUAL_SEATS = 2


@dataclass(frozen=True)
class Row:
    """A code, masked, as staff see it in the list."""

    invitation: Invitation
    used: int

    @property
    def code(self):
        return f"{self.invitation.code[:2]}••-••••"

    @property
    def email(self):
        return mask_email(self.invitation.email) if self.invitation.email else ""


def _forum(user, pk, right):
    return forum_for(user, pk, f"forums.{right}_invitation")


def _rows(forum):
    invitations = Invitation.objects.filter(forum=forum).select_related("organisation")
    used = invitations.annotate(used=Max("pools__taken")).order_by(
        "revoked_at", "organisation__sorting_name", "label", "pk"
    )
    return [Row(invitation, invitation.used or 0) for invitation in used]


def _organisations(forum):
    """Members of today that have no code that is good."""
    invited = Invitation.objects.filter(forum=forum, revoked_at=None, organisation__isnull=False)
    members = Organisation.objects.members().exclude(pk__in=invited.values("organisation"))
    return members.in_order()


def _seats(forum):
    limits = ForumSession.objects.filter(forum=forum, audience=Audience.MEMBERS)
    limits = limits.exclude(seats_per_organisation=None)
    return limits.aggregate(most=Max("seats_per_organisation"))["most"] or USUAL_SEATS


def list_invitations(request, pk, invite_form=None, guest_form=None):
    forum = _forum(request.user, pk, "view")
    audiences = set(ForumSession.objects.filter(forum=forum).values_list("audience", flat=True))
    organisations = _organisations(forum)
    seats = _seats(forum)
    context = {
        "page": forum,
        "rows": _rows(forum),
        "offers": office_of(request.user, forum),
        "can_edit": forum.permissions_for_user(request.user).can_edit(),
        "can_add": is_within_reach(request.user, "forums.add_invitation", forum),
        "can_change": is_within_reach(request.user, "forums.change_invitation", forum),
        "for_members": Audience.MEMBERS in audiences,
        "for_guests": Audience.INVITED in audiences,
        "has_organisations": organisations.exists(),
        "invite_form": invite_form
        or InviteForm(organisations=organisations, initial={"seats": seats}),
        "guest_form": guest_form or GuestForm(),
    }
    status = 422 if invite_form or guest_form else 200
    return TemplateResponse(request, "forums/admin/invitations.html", context, status=status)


@require_POST
def invite(request, pk):
    """One code for each of the chosen organisations, or for all."""
    forum = _forum(request.user, pk, "add")
    organisations = _organisations(forum)
    data = request.POST.copy()
    if "all" in data:
        data.setlist(
            "organisations", [str(pk) for pk in organisations.values_list("pk", flat=True)]
        )
    form = InviteForm(data, organisations=organisations)
    if not form.is_valid():
        return list_invitations(request, pk, invite_form=form)
    made = services.invite_organisations(
        forum,
        form.cleaned_data["organisations"],
        seats=form.cleaned_data["seats"],
        user=request.user,
    )
    told = ngettext("%(count)d code was made.", "%(count)d codes were made.", len(made))
    messages.success(request, told % {"count": len(made)})
    return redirect("forum_invitations", forum.pk)


@require_POST
def invite_guest(request, pk):
    forum = _forum(request.user, pk, "add")
    form = GuestForm(request.POST)
    if not form.is_valid():
        return list_invitations(request, pk, guest_form=form)
    services.invite_guest(forum, user=request.user, **form.cleaned_data)
    messages.success(request, _("The code was made."))
    return redirect("forum_invitations", forum.pk)


def _invitation(request, pk, key):
    _forum(request.user, pk, "change")
    found = Invitation.objects.select_related("forum", "organisation")
    return get_object_or_404(found, pk=key, forum_id=pk)


@require_POST
def send(request, pk, key):
    invitation = _invitation(request, pk, key)
    try:
        services.mail_invitation(invitation)
    except NoAddressError:
        messages.error(request, _("There is no address to send it to. Write it down first."))
    else:
        messages.success(request, _("The code goes out by mail within minutes."))
    return redirect("forum_invitations", pk)


@require_POST
def send_all(request, pk):
    """To everybody who has an address and was sent nothing yet."""
    forum = _forum(request.user, pk, "change")
    waiting = Invitation.objects.filter(
        forum=forum, sent_at=None, revoked_at=None, email__isnull=False
    )
    sent = [services.mail_invitation(invitation) for invitation in waiting.order_by("pk")]
    told = ngettext("%(count)d mail goes out.", "%(count)d mails go out.", len(sent))
    messages.success(request, told % {"count": len(sent)})
    return redirect("forum_invitations", pk)


@require_POST
def revoke(request, pk, key):
    services.revoke_invitation(_invitation(request, pk, key))
    messages.success(request, _("The code opens nothing any more. Who registered keeps the seat."))
    return redirect("forum_invitations", pk)


def edit_invitation(request, pk, key):
    """Where the code is sent, which addresses need none, how many may come."""
    invitation = _invitation(request, pk, key)
    known = {name: getattr(invitation, name) for name in ("email", "email_domain", "seats")}
    form = AddressForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_invitation(invitation, **form.cleaned_data)
        except SeatsTakenError as refusal:
            told = _("%(taken)d people have registered with this code already.")
            form.add_error("seats", told % {"taken": refusal.taken})
        else:
            messages.success(request, _("Saved."))
            return redirect("forum_invitations", pk)
    context = {"page": invitation.forum, "invitation": invitation, "form": form}
    return TemplateResponse(request, "forums/admin/invitation.html", context)


def print_invitations(request, pk):
    """All codes in full, one to be cut out for each organisation."""
    forum = _forum(request.user, pk, "change")
    valid = Invitation.objects.filter(forum=forum, revoked_at=None).select_related("organisation")
    rows = valid.order_by("organisation__sorting_name", "label", "pk")
    context = {"page": forum, "invitations": rows}
    return TemplateResponse(request, "forums/admin/print_invitations.html", context)

"""Who has which role: the list to review, and each person's own screen."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from .. import services
from ..admin_forms import GiveRoleForm, PresetForm, SignOffForm, WhyForm
from ..exceptions import (
    AlreadyHasRoleError,
    GrantOverError,
    ScopeMissingError,
    UnknownScopeError,
)
from ..models import Grant, User
from ..presenters import Member, is_review_due, staff
from ..services.actors import because

SEE, GIVE, REVIEW = "accounts.view_grant", "accounts.add_grant", "accounts.review_rights"


def _demand(request, right):
    if not request.user.has_perm(right):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def review_roles(request):
    """Everybody with roles and last log-in; its button says that somebody looked through it."""
    _demand(request, SEE)
    members = staff()
    form = SignOffForm(request.POST or None)
    if request.method == "POST":
        _demand(request, REVIEW)
        if form.is_valid():
            lines = [member.summary for member in members]
            services.record_review(actor=request.user, note=form.cleaned_data["note"], staff=lines)
            messages.success(request, _("Your review is on record."))
            return redirect("review_roles")
    context = {
        "page_title": _("Who may do what"),
        "members": members,
        "form": form,
        "last": services.last_review(),
        "is_due": is_review_due(),
        "can_review": request.user.has_perm(REVIEW),
    }
    return TemplateResponse(request, "accounts/roles/review.html", context)


@require_safe
def show_roles(request, pk):
    _demand(request, SEE)
    return _person(request, get_object_or_404(User, pk=pk))


def _person(request, user, refused=(None, None), **forms):
    member = _member(user)
    context = {
        "page_title": _("Roles"),
        "page_subtitle": str(user),
        "member": member,
        "grants": [
            (grant, refused[1] if grant == refused[0] else _back_form(grant))
            for grant in member.grants
        ],
        "can_give": request.user.has_perm(GIVE),
        "give_form": GiveRoleForm(auto_id="id_give_%s"),
        "preset_form": PresetForm(auto_id="id_preset_%s"),
        **forms,
    }
    return TemplateResponse(request, "accounts/roles/person.html", context)


def _member(user):
    known = {member.user.pk: member for member in staff()}
    return known.get(user.pk) or Member(user)


def _back_form(grant, data=None):
    return WhyForm(data, auto_id=f"id_back_{grant.pk}_%s")


@require_http_methods(["POST"])
def give_role(request, pk):
    """Give a role until a day, or within a limit."""
    _demand(request, GIVE)
    user = get_object_or_404(User, pk=pk, is_active=True)
    form = GiveRoleForm(request.POST, auto_id="id_give_%s")
    if form.is_valid():
        try:
            grant = services.give_role(user, granted_by=request.user, **form.terms())
        except AlreadyHasRoleError:
            form.add_error("role", _("This person has this role already."))
        except (ScopeMissingError, UnknownScopeError):
            form.add_error("scope", _("This role is given for one region or the like: choose it."))
        else:
            messages.success(request, _("Given: %(role)s.") % {"role": grant})
            return redirect("staff_roles", pk)
    return _person(request, user, give_form=form)


@require_http_methods(["POST"])
def give_preset(request, pk):
    """Give all roles of a preset by one press."""
    _demand(request, GIVE)
    user = get_object_or_404(User, pk=pk, is_active=True)
    form = PresetForm(request.POST, auto_id="id_preset_%s")
    if not form.is_valid():
        return _person(request, user, preset_form=form)
    with transaction.atomic(), because(form.cleaned_data["reason"]):
        services.give_preset(user, form.cleaned_data["preset"])
    messages.success(request, _("The roles are given."))
    return redirect("staff_roles", pk)


@require_http_methods(["POST"])
def take_back(request, pk):
    """End a temporary or limited role now."""
    _demand(request, GIVE)
    grant = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    form = _back_form(grant, request.POST)
    if not form.is_valid():
        return _person(request, grant.user, refused=(grant, form))
    try:
        services.take_back(grant, reason=form.cleaned_data["reason"])
    except GrantOverError:
        messages.warning(request, _("Nothing changed: this role was over before."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("staff_roles", grant.user_id)

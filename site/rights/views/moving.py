"""Another address: asked for here, confirmed in the new mailbox."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.shortcuts import redirect, render

from .. import services, tokens
from ..decorators import link_page
from ..exceptions import ChangeGoneError, TooManyChangesError
from ..forms import NewAddressForm
from ..models import AddressChange
from .mine import my_page, to_mine


@my_page
def ask_for_move(request, token, mailbox):
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"token": token, "form": form, "email": mailbox.email}
        return render(request, "rights/change_address.html", context, status=status)
    try:
        services.ask_for_address_change(mailbox.email, form.cleaned_data["email"])
    except TooManyChangesError:
        return to_mine(token, "move-limit")
    return to_mine(token, "move-asked")


def _change(public_id):
    return AddressChange.objects.get(public_id=public_id)


@link_page(tokens.MOVE_TOKEN, _change)
def confirm_move(request, token, change):
    if request.method != "POST":
        return render(request, "rights/confirm_address.html", {"change": change})
    with transaction.atomic():
        try:
            left = services.change_address(change)
        except ChangeGoneError as error:
            raise ObjectDoesNotExist from error
        index = services.remember_mailbox(change.new_email)
        my_token = tokens.mint_my_token(index)
    if left:
        context = {"change": change, "left": left, "my_path": tokens.my_path(my_token)}
        return render(request, "rights/not_all_moved.html", context)
    return _to_new_page(my_token)


def _to_new_page(my_token):
    response = redirect(f"{tokens.my_path(my_token)}?done=moved")
    response.status_code = 303
    return response

"""Ending it: one row, or all that nothing needs any more."""

from django.shortcuts import render

from .. import services
from ..registry import Erasure, NotTheirsError
from .mine import my_page, to_mine


@my_page
def leave(request, token, mailbox, data_set, key):
    """Withdraw from what the row stands for; where there is no such thing, erase it."""
    held = services.find_held(mailbox.email, data_set, key)
    if held.law:
        return render(request, "rights/leave_refused.html", {"token": token, "held": held})
    is_withdrawal = held.holding.withdrawal is not None
    end = held.data_set.withdraw if is_withdrawal else held.data_set.erase
    if end is None or not held.can_end:
        raise NotTheirsError
    if request.method != "POST":
        return render(request, "rights/leave.html", {"token": token, "held": held})
    end(mailbox.email, key)
    return to_mine(token, "withdrawn" if is_withdrawal else "erased")


@my_page
def erase_all(request, token, mailbox):
    everything = services.gather_everything(mailbox.email)
    if request.method != "POST":
        context = {"token": token, "everything": everything}
        return render(request, "rights/erase_all.html", context)
    if services.erase_everything(mailbox.email):
        return to_mine(token, "erased-but")
    is_kept = any(held.holding.erasure == Erasure.KEPT_BY_LAW for held in everything.held)
    return to_mine(token, "erased-kept" if is_kept else "erased-all")

"""What the treasurer's matching may know of orders."""

from collections.abc import Collection

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from payments.registry import Payer

from ..models import ForumPage, Order
from .depositors import SHORTEST_PREFIX


def read_payers(subjects: Collection[str]) -> dict[str, Payer]:
    """Orders as payers, by public id; two queries, however many."""
    orders = Order.objects.select_related("forum").prefetch_related("tickets")
    return {str(order.public_id): _payer(order) for order in orders.filter(public_id__in=subjects)}


def group_payments(subject: str) -> Cast:
    """The forum, by its key, of the orders in a column; for the treasurer's ledger."""
    orders = Order.objects.filter(public_id=OuterRef(subject))
    return Cast(Subquery(orders.values("forum_id")[:1]), CharField())


def name_groups(forums: Collection[str]) -> dict[str, str]:
    """The titles of these forums, by key."""
    titles = ForumPage.objects.filter(pk__in=[int(key) for key in forums])
    return {str(pk): title for pk, title in titles.values_list("pk", "title")}


def _payer(order: Order) -> Payer:
    names = [order.name, *(ticket.name for ticket in order.tickets.all())]
    organisation = order.organisation or ""
    return Payer(
        reference=order.reference,
        title=order.forum.title,
        names=tuple(dict.fromkeys(name for name in names if name)),
        organisation=organisation,
        words=_words(order.forum),
        phone_tail=(order.phone or "")[-4:],
        group=f"{order.forum_id}:{organisation}" if organisation else "",
    )


def _words(forum: ForumPage) -> tuple[str, ...]:
    """The forum's word, and as much of it as may have been printed before a long name."""
    whole = str(forum.depositor_prefix)
    cut = (whole[:length] for length in range(len(whole), SHORTEST_PREFIX - 1, -1))
    return tuple(dict.fromkeys([whole, *cut])) if whole else ()

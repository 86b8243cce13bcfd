"""One forum in numbers, for whoever may see its registrations."""

from django.template.response import TemplateResponse
from wagtail.permissions import policy_registry

from ..models import Order
from ..policies import forum_for
from ..presenters import numbers_of, office_of

READ = ("view", "change")


def show_numbers(request, pk):
    forum = forum_for(request.user, pk, *(f"forums.{action}_order" for action in READ))
    policy = policy_registry.get_by_type(Order)
    orders = policy.instances_user_has_any_permission_for(request.user, READ)
    context = {
        "page": forum,
        "numbers": numbers_of(forum, orders),
        "offers": office_of(request.user, forum),
    }
    return TemplateResponse(request, "forums/admin/numbers.html", context)

"""One forum in numbers, for whoever may see its registrations."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from wagtail.permissions import policy_registry

from ..models import ForumPage, Order
from ..presenters import numbers_of

READ = ("view", "change")


def show_numbers(request, pk):
    policy = policy_registry.get_by_type(Order)
    if not policy.user_has_any_permission(request.user, READ):
        raise PermissionDenied
    forum = get_object_or_404(ForumPage, pk=pk)
    orders = policy.instances_user_has_any_permission_for(request.user, READ)
    context = {"page": forum, "numbers": numbers_of(forum, orders)}
    return TemplateResponse(request, "forums/admin/numbers.html", context)

"""The public notice of a breach, where people can't all be reached (decree art. 39(3))."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..models import BreachCase


@require_safe
def show_breach(request, public_id):
    case = get_object_or_404(BreachCase.objects.exclude(published_at=None), public_id=public_id)
    response = render(request, "rights/breach.html", {"case": case})
    response["Cache-Control"] = "public, max-age=0, s-maxage=1"
    return response

"""What Stripe tells this site. Signed or nothing; heard once however often it comes."""

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from privacy.decorators import throttles_itself

from ..exceptions import ForgedEventError
from ..gateways.stripe_checkout import read_event, takes_cards
from ..services.cards import hear


@throttles_itself  # by the signature: who has none gets no further, and Stripe may come at once
@csrf_exempt
@require_POST
def hear_stripe(request):
    if not takes_cards():
        return HttpResponseNotFound()
    try:
        event = read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except ForgedEventError:
        return HttpResponseBadRequest()
    hear(event)
    return HttpResponse(status=204)

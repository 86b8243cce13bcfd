"""The pages behind an invitation's link, as a browser meets them."""

from django.urls import reverse

from campaigns.pledges.emails import send_code
from campaigns.pledges.models import IdentityCheck
from campaigns.pledges.tokens import mint_token


def pages_of(invitation):
    """The address of one of the pages, by its name."""
    token = mint_token(invitation)
    return lambda name, *args: reverse(f"pledges:{name}", args=[token, *args])


def last_code():
    """The code as the last mail tells it."""
    text = send_code(str(IdentityCheck.objects.latest("pk").pk)).text
    return next(line for line in text.splitlines() if line.isdecimal())


def enter(client, at):
    """Have a code sent and type it; the browser is known from now on."""
    client.post(at("open-invitation"))
    client.post(at("enter-code"), {"code": last_code()})
    return client

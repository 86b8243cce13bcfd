"""What a candidate's browser does, as tests do it."""

from campaigns.pledges.emails import send_code
from campaigns.pledges.models import (
    IdentityCheck,
)


def code_of_last_mail():
    check = IdentityCheck.objects.latest("pk")
    lines = send_code(str(check.pk)).text.splitlines()
    return next(line for line in lines if line.isdecimal())


def accept_everything(known, at):
    keys = [card.demand.pk for card in known.get(at("read-all")).context["shown"].cards]
    return known.post(at("read-all"), {"demand": keys})


def sign_page(known, at):
    known.post(at("sign"), {"do": "code"})
    return known.get(at("sign"), {"sent": 1})


def filled(page, **values):
    data = {field.html_name: "on" for _consent, field in page.context["form"].consent_fields}
    digest = page.context["digest"]
    return {**data, "name": "한가람", "text_sha256": digest, "code": code_of_last_mail(), **values}

"""What a participant types, and what becomes of it."""

import uuid

from campaigns.forums import services
from campaigns.forums.models import PAYMENT_PURPOSE, SeatPool
from payments.models import Payment

NAME = "한가람"
EMAIL = "garam@mail.example"
PHONE = "+821000001234"


def person(name=NAME, **told):
    return services.Person(name=name, **told)


def asked(state, *, people=(NAME,), sessions=None, **told):
    """A registration for the public sessions, or for those of the parts named: ``["1부"]``."""
    open_ones = [s for s in state.sessions if (s.part in sessions if sessions else s.is_public)]
    known = {
        "form_key": uuid.uuid4(),
        "email": EMAIL,
        "phone": PHONE,
        "people": tuple(p if isinstance(p, services.Person) else person(p) for p in people),
        "session_ids": tuple(session.pk for session in open_ones),
    }
    return services.Registration(**{**known, **told})


def taken(state, part="1부", kind=SeatPool.Kind.SESSION):
    """How many of one thing are taken."""
    pools = SeatPool.objects.filter(forum=state.page, session__part=part, kind=kind)
    return sum(pools.values_list("taken", flat=True))


def payment_of(order):
    return Payment.objects.get(purpose=PAYMENT_PURPOSE, subject=order.public_id)

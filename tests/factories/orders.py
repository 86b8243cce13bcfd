"""Registrations as the site's own way makes them: seats taken, payment open, mail written."""

import uuid

from campaigns.forums import services
from campaigns.forums.models import Order

from .forums import ForumPageFactory


def make_order(forum=None, *, people=("한가람",), parts=None, **told):
    """An order for the public sessions of a forum, or for those of the parts named."""
    state = services.state_of(forum or ForumPageFactory())
    chosen = [s for s in state.sessions if (s.part in parts if parts else s.is_public)]
    known = {"form_key": uuid.uuid4(), "email": "garam@mail.example", "phone": "+821000001234"}
    asked = services.Registration(
        people=tuple(services.Person(name=name) for name in people),
        session_ids=tuple(session.pk for session in chosen),
        **{**known, **told},
    )
    return services.place_order(state, asked)


def make_confirmed_order(forum=None, **told):
    """The same once its money is there, or nothing was to pay."""
    order = make_order(forum, **told)
    services.settle_order(str(order.public_id))
    return Order.objects.get(pk=order.pk)

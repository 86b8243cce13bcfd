import uuid

import factory
from django.utils import timezone

from messaging.models import OutboxMessage, Subscriber, Suppression
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index


class OutboxMessageFactory(factory.django.DjangoModelFactory):
    """A waiting mail. Its purpose is one that no room has registered."""

    purpose = "tests.letter"
    subject = factory.Sequence(str)

    class Meta:
        model = OutboxMessage

    class Params:
        sent = factory.Trait(
            state=OutboxMessage.State.SENT,
            attempts=1,
            sent_at=factory.LazyFunction(timezone.now),
        )
        failed = factory.Trait(state=OutboxMessage.State.FAILED, attempts=8)


class SuppressionFactory(factory.django.DjangoModelFactory):
    email_index = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    scope = Suppression.Scope.NEWS
    reason = Suppression.Reason.UNSUBSCRIBED

    class Meta:
        model = Suppression

    class Params:
        bounced = factory.Trait(scope=Suppression.Scope.ALL, reason=Suppression.Reason.BOUNCED)


class SubscriberFactory(factory.django.DjangoModelFactory):
    """Somebody who agreed to news; the consent itself is not recorded."""

    email = factory.Sequence(lambda n: f"reader{n}@mail.example")
    email_index = factory.LazyAttribute(
        lambda row: blind_index("email", canonical_email(row.email))
    )
    subject = factory.LazyFunction(uuid.uuid4)
    agreed_at = factory.LazyFunction(timezone.now)
    confirm_by = factory.LazyAttribute(
        lambda row: timezone.localdate(row.agreed_at).replace(year=row.agreed_at.year + 2)
    )

    class Meta:
        model = Subscriber

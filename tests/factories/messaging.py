import factory
from django.utils import timezone

from messaging.models import OutboxMessage, Suppression


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

from datetime import timedelta

import factory
from django.utils import timezone

from privacy.models import (
    AccessAction,
    ConsentDefinition,
    ConsentRecord,
    ConsentVersion,
    Token,
)
from privacy.services import record_access
from tests.factories.accounts import UserFactory


class ConsentDefinitionFactory(factory.django.DjangoModelFactory):
    """A consent text; one that is there under the same short name is taken as it is."""

    slug = factory.Sequence(lambda n: f"consent-{n}")
    kind = ConsentDefinition.Kind.NEWS
    title = "소식 받기"
    items = "이름, 이메일"
    retention = "수신을 거부할 때까지"

    class Meta:
        model = ConsentDefinition
        django_get_or_create = ("slug",)


class ConsentRecordFactory(factory.django.DjangoModelFactory):
    version = factory.LazyFunction(
        lambda: ConsentVersion.objects.filter(definition=ConsentDefinitionFactory()).get()
    )
    slug = factory.SelfAttribute("version.definition.slug")
    choice = True
    text_hash = factory.LazyAttribute(lambda record: record.version.render().text_hash)
    given_at = factory.LazyFunction(timezone.now)
    channel = ConsentRecord.Channel.WEB

    class Meta:
        model = ConsentRecord


class TokenFactory(factory.django.DjangoModelFactory):
    """The stored half of a token; its secret is nobody's. Links that work: privacy.tokens."""

    digest = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    purpose = "tests.link"
    subject = factory.Sequence(str)
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda token: token.created_at + timedelta(days=1))

    class Meta:
        model = Token

    class Params:
        expired = factory.Trait(
            created_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=3))
        )


class AccessEntryFactory(factory.Factory):
    """A look at one person's data, at the end of the log."""

    user = factory.SubFactory(UserFactory)
    address = "203.0.113.7"
    action = AccessAction.DETAIL
    data_set = "petitions.signatures"
    subjects = ("s-1",)

    class Meta:
        model = dict

    @classmethod
    def _create(cls, _model, **fields):
        return record_access(**fields)

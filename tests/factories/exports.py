import factory

from exports.models import ExportJob

from .accounts import UserFactory


class ExportJobFactory(factory.django.DjangoModelFactory):
    """An export that waits for the worker."""

    source = "petitions.signatures"
    options = factory.LazyFunction(lambda: {"petition": 0})
    format = "csv"
    purpose = "verification"
    reason = "서명부 대조를 위해"
    address = "192.0.2.7"
    requested_by = factory.SubFactory(UserFactory, administrator=True)

    class Meta:
        model = ExportJob

import factory

from evidence.services import record_event


class EventFactory(factory.Factory):
    """A link at the end of a subject's chain, with its values."""

    subject_type = "tests.paper"
    subject_id = "1"
    kind = "signed"
    actor = "7"
    values = factory.LazyFunction(lambda: {"name": "김가람"})

    class Meta:
        model = dict

    @classmethod
    def _create(cls, _model, **fields):
        return record_event(**fields)

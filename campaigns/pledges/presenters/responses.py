"""One respondent's answers in words for staff."""

from django.utils.functional import cached_property

from ..models import PledgeAgreement, Response
from ..services.answers import answers_by_demand, versions_of
from ..services.demands import demands_asked, label_of


class ResponsePresenter:
    """Each demand with its answer; a comment that is kept back, with the reason."""

    def __init__(self, response):
        self.response, self.respondent = response, response.respondent

    @cached_property
    def lines(self):
        answers = answers_by_demand(self.response)
        demands = demands_asked(versions_of(self.response))
        return [(label_of(row), row, answers.get(row.pk)) for row in demands]

    @cached_property
    def versions(self):
        return versions_of(self.response)

    @property
    def may_reopen(self):
        signed = self.response.agreements.filter(state=PledgeAgreement.State.SIGNED)
        return self.response.state not in Response.OPEN and not signed.exists()

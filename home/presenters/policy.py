"""The privacy policy as its template shows it, and how earlier versions stood."""

from django.utils.functional import cached_property

from ..models import PolicyVersion, PrivacyPolicyPage
from ..publishing import UntilPublished
from ..services.policy_text import Section, compose_sections


def _read_versions() -> list[PolicyVersion]:
    return list(PolicyVersion.objects.defer("sections"))


live_sections = UntilPublished(compose_sections)
versions = UntilPublished(_read_versions)


class PolicyPresenter:
    """The policy as its template shows it; a draft is read anew."""

    def __init__(self, page: PrivacyPolicyPage, *, is_draft: bool = False) -> None:
        self.page = page
        self.is_draft = is_draft

    @cached_property
    def sections(self) -> list[Section]:
        if self.is_draft:
            return compose_sections(self.page)
        return live_sections.about(self.page, self.page.pk, self.page.latest_revision_id)

    @cached_property
    def versions(self) -> list[PolicyVersion]:
        return versions()

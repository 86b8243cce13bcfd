"""Earlier versions of the privacy policy (decree art. 31(3)): each change is kept as it stood."""

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from ..models import PolicyVersion, PrivacyPolicyPage
from ..models.policies import digest_sections
from .policy_text import compose_sections

Cause = PolicyVersion.Cause


def record_policy_version(page: PrivacyPolicyPage, cause: Cause) -> PolicyVersion | None:
    """Keep the policy as it stands, unless the last version says the same. Safe to call twice.

    What was published is in force from the day its editor wrote; what changed by itself, because
    the site collects or keeps something else, from today.
    """
    with translation.override("ko"):
        sections = compose_sections(page)
    digest = digest_sections(sections)
    last = PolicyVersion.objects.first()
    if last and last.digest == digest:
        return None
    published = cause == Cause.PUBLISHED
    try:
        with transaction.atomic():
            return PolicyVersion.objects.create(
                number=last.number + 1 if last else 1,
                effective_on=page.effective_on if published else timezone.localdate(),
                cause=cause,
                sections=sections,
                digest=digest,
            )
    except IntegrityError:  # Another process kept the same at the same moment.
        return None


def record_changed_practice() -> PolicyVersion | None:
    """For the daily job: keep a version if the tables have changed since the last one."""
    page = PrivacyPolicyPage.objects.live().first()
    return record_policy_version(page, Cause.PRACTICE) if page else None

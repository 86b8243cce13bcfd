"""When answers become public: everybody's at the same moment, or each with their signature."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from home.publishing import bump_public_version

from ..models import BoardRelease, PledgeAgreement, PledgeRound, Response
from .chain import SYSTEM, record_step


def publish_answers() -> int:
    """Make public what may be by now; returns how many answers did.

    Nothing before the election's board is public; with a common moment nothing before it. All of
    one run carry the same moment. Safe to call twice.
    """
    now = timezone.now()
    public = BoardRelease.objects.filter(election=OuterRef("election"), ended_at=None)
    rounds = PledgeRound.objects.filter(Exists(public), Q(release_at=None) | Q(release_at__lte=now))
    return sum(_publish(row) for row in rounds.select_related("election"))


@transaction.atomic
def _publish(asked: PledgeRound) -> int:
    rows = _waiting(asked).select_for_update(of=("self",))
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    Response.objects.filter(pk__in=keys).update(published_at=timezone.now())
    values = {"what": "answers", "number": len(keys)}
    record_step(asked.election, "release", SYSTEM, values)
    bump_public_version()
    return len(keys)


def _waiting(asked: PledgeRound) -> QuerySet[Response]:
    """Who signed or said so agreed to be named; who signs no agreements said it for the public."""
    signed = PledgeAgreement.objects.filter(response=OuterRef("pk")).exclude(
        state=PledgeAgreement.State.VOID
    )
    return Response.objects.filter(
        Q(Exists(signed))
        | Q(state=Response.State.DECLINED)
        | Q(publication_agreed_at__isnull=False),
        Exists(signed) | ~Q(state__in=Response.OPEN),
        respondent__election=asked.election_id,
        published_at=None,
    )

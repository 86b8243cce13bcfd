"""Parties and campaign headquarters that answer and sign as a whole, through a delegate."""

from django.db import transaction
from django.utils import timezone

from home.network.models import Region

from ..exceptions import RespondentAskedError
from ..models import Election, Respondent


@transaction.atomic
def add_party(
    election: Election, *, kind: str, party_name: str, region: Region | None
) -> tuple[Respondent, bool]:
    """A party or camp that can be asked, and whether it is new."""
    return Respondent.objects.get_or_create(
        election=election,
        kind=kind,
        party_name=party_name,
        region=region,
        defaults={"standing_on": timezone.localdate()},
    )


@transaction.atomic
def remove_party(respondent: Respondent) -> None:
    """Take out what was entered by mistake. Raises RespondentAskedError for whoever was asked."""
    rows = Respondent.objects.select_for_update().exclude(kind=Respondent.Kind.CANDIDATE)
    row = rows.get(pk=respondent.pk)
    asked = row.invitations.exists() or row.agreements.exists() or row.notes.exists()
    if asked or hasattr(row, "response") or row.standing != Respondent.Standing.NO_CONTACT:
        raise RespondentAskedError
    row.delete()

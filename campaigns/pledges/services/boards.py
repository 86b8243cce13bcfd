"""The public board of an election: in which order, and since when its page is there."""

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import LPad, StrIndex, Substr

from ..models import Election, Office, PledgeBoardPage, PledgeRound, Respondent

WIDTH = 4
PLACES = {office: place for place, office in enumerate(Office.values)}


def board_page_of(election: Election) -> PledgeBoardPage | None:
    """The page on which the public reads the answers."""
    pages: QuerySet[PledgeBoardPage] = PledgeBoardPage.objects.live().public()
    return pages.filter(election=election).order_by("pk").first()


def in_order(
    rows: QuerySet[Respondent], order: str = PledgeRound.Order.BALLOT
) -> QuerySet[Respondent]:
    """Parties first, then contests as the commission lists them, then the neutral order.

    Ballot numbers count as numbers: 2 before 10, 1-가 before 1-나 (공직선거법 art. 150).
    """
    number = "candidacy__ballot_number"
    dash = StrIndex(number, Value("-"))
    rows = rows.annotate(
        office_place=Case(
            *(
                When(candidacy__contest__post__office=office, then=Value(place))
                for office, place in PLACES.items()
            ),
            default=Value(-1),
        ),
        ballot_place=LPad(
            Case(
                When(**{f"{number}__contains": "-"}, then=Substr(number, 1, dash - 1)),
                default=F(number),
                output_field=CharField(),
            ),
            WIDTH,
            Value("0"),
        ),
    )
    within = ["candidacy__name", "party_name", "pk"]
    if order == PledgeRound.Order.BALLOT:
        within = ["ballot_place", number, *within]
    return rows.order_by("office_place", "candidacy__contest__post__key", *within)

"""The campaign about the demo's election, with the board of answers below it."""

from campaigns.models import CampaignIndexPage, CampaignPage
from campaigns.pledges.models import Election, PledgeBoardPage

from .texts import board as texts
from .tree import child


def load_board(election: Election) -> PledgeBoardPage:
    """The two pages, unless they are there."""
    index = CampaignIndexPage.objects.get()
    campaign = child(
        *(index, CampaignPage, "local-election"),
        title=texts.CAMPAIGN_TITLE,
        summary=texts.CAMPAIGN_SUMMARY,
        body=texts.CAMPAIGN_BODY,
    )
    return child(
        *(campaign, PledgeBoardPage, "pledges"),
        title=texts.BOARD_TITLE,
        summary=texts.BOARD_SUMMARY,
        election=election,
    )

from django.utils.translation import gettext_lazy as _

from home.registry import register_figure

from ..models import CampaignPage, HandOver


def count_asks(_year: int | None) -> int:
    """What live campaigns ask for today."""
    running = CampaignPage.objects.live().filter(status__in=CampaignPage.RUNNING)
    return sum(len(block.value["asks"]) for page in running for block in page.asks)


def count_hand_overs(year: int | None) -> int:
    hand_overs = HandOver.objects.filter(page__live=True)
    return (hand_overs.filter(handed_over_on__year=year) if year else hand_overs).count()


def register_counts() -> None:
    """Offer what campaigns count to reports and to the front page."""
    register_figure("asks", label=_("Asks of running campaigns"), read=count_asks)
    register_figure("hand_overs", label=_("Hand-overs"), read=count_hand_overs)

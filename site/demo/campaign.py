"""The campaign with its petition, and what became of it."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import BillStage, CampaignPage, HandOver, Outcome, Stage
from home.network.models import Organisation
from petitions.models import PetitionConsent, PetitionPage
from privacy.models import ConsentDefinition

from .texts.campaign import MILESTONES, MORE_ORGANISATIONS, OUTCOMES, QUESTIONS
from .texts.standing import ASKS, CAMPAIGN_BODY, PETITION_BODY
from .tree import child

CONSENTS = ("collection", "sensitive", "display", "roll", "news", "age")


def load_campaign(index) -> CampaignPage:
    today = timezone.localdate()
    campaign = child(
        index,
        CampaignPage,
        "basic-act",
        title="사회적경제기본법 시민행동",
        summary="흩어진 제도를 한데 모으고, 현장이 정책을 함께 정하는 법을 만듭니다.",
        asks=[("asks", ASKS)],
        body=CAMPAIGN_BODY,
        bill_name="사회적경제기본법안(예시)",
        bill_number="22-00000(예시)",
        bill_checked_on=today,
    )
    if not campaign.bill_stages.exists():
        for stage, days in ((Stage.PROPOSED, 82), (Stage.REFERRED, 81), (Stage.COMMITTEE, 14)):
            campaign.bill_stages.add(
                BillStage(stage=stage, reached_on=_working_day(today - timedelta(days=days)))
            )
        campaign.save_revision().publish()
    return campaign


def _working_day(day):
    """The day itself, or the Friday before a weekend: the Assembly does not sit then."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def load_petition(campaign) -> PetitionPage:
    existing = PetitionPage.objects.child_of(campaign).filter(slug="petition").first()
    if existing:
        return existing
    closing = timezone.localtime() + timedelta(days=12)
    closing = closing.replace(hour=18, minute=0, second=0, microsecond=0)
    page = PetitionPage(
        slug="petition",
        title="사회적경제기본법을 올해 안에 의결해 주십시오",
        summary="흩어진 제도를 한데 모으는 사회적경제기본법, 이번 회기에 의결하도록 함께 요구해 주세요.",
        addressees="국회의장, 기획재정위원회 위원 26명",
        body=PETITION_BODY,
        opens_at=timezone.now() - timedelta(days=30),
        closes_at=closing,
        hand_over_on=closing.date() + timedelta(days=2),
        roll_recipients="국회의장, 기획재정위원회",
    )
    definitions = {d.slug: d for d in ConsentDefinition.objects.filter(slug__in=CONSENTS)}
    page.petition_consents = [
        PetitionConsent(definition=definitions[slug], sort_order=position)
        for position, slug in enumerate(CONSENTS)
    ]
    campaign.add_child(instance=page)
    page.save_revision().publish()
    return page


def complete_campaign(campaign: CampaignPage, kit) -> None:
    """Add what a campaign gathers on its way, unless somebody began to."""
    if campaign.milestones or campaign.questions or campaign.hand_overs.exists():
        return
    campaign.starts_on = kit.day(204)
    campaign.milestones = [
        ("milestone", {"day": kit.day(back), "precision": known, "title": title, "text": text})
        for back, known, title, text in MILESTONES
    ]
    campaign.questions = [("question", {"question": q, "answer": a}) for q, a in QUESTIONS]
    campaign.toolkit = [("file", kit.file(name)) for name in ("sign-sheet", "card-news", "banner")]
    campaign.contact = kit.contact("policy")
    campaign.organisations = list(Organisation.objects.in_order()[:28])
    campaign.more_organisations = MORE_ORGANISATIONS
    campaign.hand_overs = _hand_overs(kit)
    campaign.outcomes = [
        Outcome(
            demand=demand,
            progress=progress,
            so_far=so_far,
            checked_on=kit.day(back),
            source=source,
            sort_order=position,
        )
        for position, (demand, progress, so_far, back, source) in enumerate(OUTCOMES)
    ]
    campaign.save_revision().publish()


def _hand_overs(kit):
    return [
        HandOver(
            recipient="국회 민원지원센터",
            handed_over_on=kit.day(27),
            what="거리에서 모은 1차 종이 서명 8,412명",
            picture=kit.image("roll"),
            receipt=kit.document("receipt"),
            sort_order=0,
        ),
        HandOver(
            recipient="위원회 행정실",
            handed_over_on=kit.day(70).replace(day=1),
            precision="month",
            what="현장 요구안 2판과 의견 137건",
            sort_order=1,
        ),
    ]

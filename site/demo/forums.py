"""A forum to come below the campaign, one that is over in the list."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from campaigns.forums.models import (
    ForumHost,
    ForumIndexPage,
    ForumPage,
    ForumSession,
    ProgrammeItem,
    RefundTier,
    Speaker,
)
from home.network.models import Organisation
from payments.models import BankAccount

from .texts.forums import (
    COMING,
    HELP,
    PAST,
    PAST_PROGRAMME,
    PAST_SPEAKERS,
    PROGRAMME,
    SESSIONS,
    SPEAKERS,
    past_results,
)
from .tree import child
from .waiting import load_full_meeting

FRIDAY = 4
TIERS = ((7, 100), (2, 50))


def load_forums(home, campaign, kit) -> ForumPage:
    index = child(
        *(home, ForumIndexPage, "forums"),
        title="행사",
        summary="토론회, 간담회, 학습회에서 만납니다.",
    )
    if not ForumPage.objects.child_of(index).exists():
        _add(index, _past(kit))
    load_full_meeting(index, kit)
    coming = ForumPage.objects.child_of(campaign).filter(slug="forum-2026").first()
    return coming or _add(campaign, _coming(kit))


def _add(parent, page) -> ForumPage:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _coming(kit) -> ForumPage:
    day = kit.today + timedelta(days=14)
    day += timedelta(days=(FRIDAY - day.weekday()) % 7)
    return ForumPage(
        slug="forum-2026",
        spoken_hours=True,
        registration_closes_at=_at(day - timedelta(days=3), 18),
        payment_due_at=_at(day - timedelta(days=3), 23, 59),
        account=load_account(),
        contact=kit.contact("education"),
        sessions=_sessions(day),
        programme=_programme(PROGRAMME),
        speakers=_speakers(SPEAKERS),
        hosts=[
            ForumHost(organisation=organisation, role=ForumHost.Role.SPONSOR, sort_order=position)
            for position, organisation in enumerate(Organisation.objects.in_order()[:2])
        ],
        refund_tiers=[RefundTier(days_before=days, percent=percent) for days, percent in TIERS],
        accessibility=[("note", {"kind": kind, "text": text}) for kind, text in HELP],
        **COMING,
    )


def _past(kit) -> ForumPage:
    day = kit.day(45)
    hours = {"starts_at": _at(day, 14), "ends_at": _at(day, 16)}
    return ForumPage(
        slug="social-value",
        sessions=[ForumSession(title="토론회", capacity=100, **hours)],
        programme=_programme(PAST_PROGRAMME),
        speakers=_speakers(PAST_SPEAKERS),
        results=past_results(kit),
        materials=[("file", kit.file("forum-book"))],
        contact=kit.contact("education"),
        **PAST,
    )


def load_account() -> BankAccount:
    """The coalition's account, as treasurer and director approved it."""
    return BankAccount.objects.get_or_create(
        bank="가온은행",
        number="000-12-345678",
        defaults={"holder": "사회적경제연대회의", "changed_at": timezone.now()},
    )[0]


def _at(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _sessions(day):
    found = []
    for position, row in enumerate(SESSIONS):
        fields = dict(row)
        begins, ends = fields.pop("hours")
        hours = {"starts_at": _at(day, *begins), "ends_at": _at(day, *ends)}
        found.append(ForumSession(sort_order=position, **hours, **fields))
    return found


def _programme(rows):
    return [
        ProgrammeItem(part=part, minutes=minutes, title=title, who=who, sort_order=position)
        for position, (part, minutes, title, who) in enumerate(rows)
    ]


def _speakers(rows):
    return [
        Speaker(
            **{"name": name, "role": role, "affiliation": organisation},
            **{"position": position, "group": group, "sort_order": order},
        )
        for order, (name, role, organisation, position, group) in enumerate(rows)
    ]

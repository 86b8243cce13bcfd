"""The evidence's seals, carried out of the site."""

from datetime import timedelta

from django.utils import timezone

from evidence.models import DayHead
from messaging.services import enqueue, is_asked_since

from ..emails import MONTHLY_SEAL
from ..models import User

RIGHT = "privacy.add_accessreview"
FIRST_DAYS = 7  # Of a month; a worker that stood still mails a little later.


def mail_monthly_seal() -> int:
    """Mail last month's final seal to those who sign off the access log; returns how many.

    Whoever owns the database can forge every seal in it, not those in a mailbox. Safe to call
    every day: each gets one mail.
    """
    now = timezone.localtime()
    head = DayHead.objects.filter(date__lt=now.date().replace(day=1)).last()
    if head is None or now.day > FIRST_DAYS:
        return 0
    officers = [user for user in User.objects.filter(is_active=True) if user.has_perm(RIGHT)]
    keys = [f"{officer.pk}:{head.date}" for officer in officers]
    since = now - timedelta(days=FIRST_DAYS)
    unsent = [key for key in keys if not is_asked_since(MONTHLY_SEAL, key, since)]
    for key in unsent:
        enqueue(MONTHLY_SEAL, key)
    return len(unsent)

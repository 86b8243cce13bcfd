"""Counts of who asked how often: forgetting them."""

from django.utils import timezone

from ..models import ThrottleCount


def purge_throttle_counts() -> int:
    """Delete the counts of windows that are over; returns how many."""
    deleted, _ = ThrottleCount.objects.filter(expires_at__lt=timezone.now()).delete()
    return deleted

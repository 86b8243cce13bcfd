"""Secret links: forgetting them."""

from datetime import timedelta

from django.utils import timezone

from ..models import Token


def purge_expired_tokens() -> int:
    """Delete tokens whose time has been up for a day; returns how many."""
    moment = timezone.now() - timedelta(days=1)
    deleted, _ = Token.objects.filter(expires_at__lt=moment).delete()
    return deleted

from .delivery import deliver_due
from .loop import DeliveryLoop
from .outbox import enqueue, forget_finished, is_asked_since, retry_failed
from .suppression import (
    has_stopped_news,
    is_suppressed,
    resume_news,
    stop_news,
    suppress,
    suppressed_among,
)

__all__ = [
    "DeliveryLoop",
    "deliver_due",
    "enqueue",
    "forget_finished",
    "has_stopped_news",
    "is_asked_since",
    "is_suppressed",
    "resume_news",
    "retry_failed",
    "stop_news",
    "suppress",
    "suppressed_among",
]

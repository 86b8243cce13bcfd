from .delivery import deliver_due
from .loop import DeliveryLoop
from .news import (
    ASKED_AHEAD,
    move_subscriber,
    pass_subscription,
    remind_subscribers,
    subjects_with_news,
    subscribe,
    subscriber_of,
    unsubscribe,
)
from .outbox import (
    asked_among,
    drop_waiting,
    enqueue,
    forget_finished,
    is_asked_since,
    mails_sent,
    retry_failed,
)
from .suppression import (
    carry_over_stop,
    has_stopped_news,
    is_suppressed,
    resume_news,
    stop_news,
    stops_of,
    suppress,
    suppressed_among,
)

__all__ = [
    "asked_among",
    "ASKED_AHEAD",
    "unsubscribe",
    "subscriber_of",
    "subscribe",
    "subjects_with_news",
    "remind_subscribers",
    "pass_subscription",
    "move_subscriber",
    "DeliveryLoop",
    "carry_over_stop",
    "deliver_due",
    "drop_waiting",
    "enqueue",
    "forget_finished",
    "has_stopped_news",
    "is_asked_since",
    "is_suppressed",
    "mails_sent",
    "resume_news",
    "retry_failed",
    "stop_news",
    "stops_of",
    "suppress",
    "suppressed_among",
]

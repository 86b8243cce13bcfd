from .mail import OutboxMessage, OutboxQuerySet, Suppression
from .news import NewsChoice, Subscriber

__all__ = ["NewsChoice", "OutboxMessage", "OutboxQuerySet", "Subscriber", "Suppression"]

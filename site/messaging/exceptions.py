"""What the messaging app refuses."""


class MessagingError(Exception):
    """Base of every refusal of this app."""


class UnknownPurposeError(MessagingError):
    """No app registered mails of this purpose."""


class MailServerDownError(MessagingError):
    """No connection to the mail server can be had; nothing was sent."""


class NotRetryableError(MessagingError):
    """Only a message that failed can be put back into the queue."""

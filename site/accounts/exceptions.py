class ReviewError(Exception):
    """A decision on a text that was refused."""


class NotWaitingError(ReviewError):
    """Somebody decided before, or the text was taken back."""


class NotReviewerError(ReviewError):
    """This person decides on other texts, or on none."""


class TextChangedError(ReviewError):
    """The text is not the one any more that this person read."""

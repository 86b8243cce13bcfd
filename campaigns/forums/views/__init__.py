from .forum import calendar, seats, show_forum, show_index

__all__ = ["calendar", "seats", "show_forum", "show_index"]

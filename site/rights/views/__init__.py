from .retention import (
    lift_hold,
    place_hold,
    print_log,
    show_calendar,
    show_log,
    show_today,
)

__all__ = [
    "lift_hold",
    "place_hold",
    "print_log",
    "show_calendar",
    "show_log",
    "show_today",
]

from .breaches import show_breach
from .doors import ask, check_mail, lodge, lodged
from .leaving import erase_all, leave
from .mine import change_news, download, show
from .moving import ask_for_move, confirm_move
from .retention import (
    lift_hold,
    place_hold,
    print_log,
    show_calendar,
    show_log,
    show_today,
)
from .rows import choose, correct, undo
from .wishes import lodge_own

__all__ = [
    "show_breach",
    "ask",
    "ask_for_move",
    "change_news",
    "check_mail",
    "choose",
    "confirm_move",
    "correct",
    "download",
    "erase_all",
    "leave",
    "lift_hold",
    "lodge",
    "lodge_own",
    "lodged",
    "place_hold",
    "print_log",
    "show",
    "show_calendar",
    "show_log",
    "show_today",
    "undo",
]

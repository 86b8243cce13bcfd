from .applying import apply, ask_for_link, open_invitation
from .card_pages import check_card, leave_card, pay_by_card
from .door_network import hear_admissions, send_list, send_worker, show_shell
from .door_office import close_door, list_doors, make_door
from .doors import enrol_phone, show_door
from .editing import change, copy_last
from .forum import calendar, events, seats, show_forum, show_index
from .inviting import (
    edit_invitation,
    invite,
    invite_guest,
    list_invitations,
    print_invitations,
    revoke,
    send,
    send_all,
)
from .letters import (
    drop_letter,
    list_letters,
    send_letter,
    show_letter,
    try_letter,
    write,
)
from .numbers import show_numbers
from .order_pages import cancel, change_depositor, show_order, show_order_calendar
from .sheets import print_sheets
from .ticket_pages import (
    change_attendee,
    download_attendance,
    download_calendar,
    download_paper,
    download_ticket,
    open_ticket,
    show_ticket,
)
from .waiting import wait
from .waiting_pages import accept, decline, leave, show_waiting
from .walk_ins import enter_walk_in

__all__ = [
    "hear_admissions",
    "send_list",
    "send_worker",
    "show_shell",
    "accept",
    "decline",
    "leave",
    "show_waiting",
    "wait",
    "drop_letter",
    "list_letters",
    "send_letter",
    "show_letter",
    "try_letter",
    "write",
    "show_numbers",
    "close_door",
    "list_doors",
    "make_door",
    "enrol_phone",
    "events",
    "enter_walk_in",
    "show_door",
    "apply",
    "ask_for_link",
    "calendar",
    "cancel",
    "check_card",
    "leave_card",
    "pay_by_card",
    "change",
    "change_depositor",
    "copy_last",
    "edit_invitation",
    "invite",
    "invite_guest",
    "list_invitations",
    "open_invitation",
    "print_invitations",
    "print_sheets",
    "revoke",
    "change_attendee",
    "download_attendance",
    "download_calendar",
    "download_paper",
    "download_ticket",
    "open_ticket",
    "seats",
    "send",
    "send_all",
    "show_forum",
    "show_index",
    "show_order",
    "show_order_calendar",
    "show_ticket",
]

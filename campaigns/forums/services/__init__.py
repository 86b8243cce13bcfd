from .admissions import MOST_AT_ONCE, UNKNOWN, Admission, hear_admissions, incidents_of
from .attendees import change_attendee, changeable_tickets, may_change_attendee
from .cancel import RefundAccount, cancel_order
from .card_payment import hear_of_card, open_card_page
from .changes import announce_change, change_forum, steps_of
from .check_in import (
    Answer,
    Scan,
    check_in,
    find_people,
    session_now,
    sessions_with_counts,
)
from .copies import copy_forum, next_day_for
from .desk import enter_order, resend_mail
from .door_list import (
    STRETCHES,
    DoorList,
    ListedPerson,
    ListedState,
    is_gone,
    list_for_phone,
    order_keys,
)
from .doors import (
    TELLING,
    close_door,
    door_of,
    door_that_tells,
    enrol_phone,
    make_door,
    waits_for_phone,
)
from .drafts import Person, Registration, phone_index, ticket_code_index
from .entry import (
    ask_for_link,
    invitation_by_code,
    invitation_code_index,
    purge_invitation_requests,
)
from .invitations import (
    change_invitation,
    invite_guest,
    invite_organisations,
    mail_invitation,
    revoke_invitation,
)
from .late import late_payers, seat_late_payers
from .letters import (
    Progress,
    Words,
    audience_sizes,
    change_letter,
    drop_letter,
    letter_keys,
    progress_of,
    recipients_of,
    send_letter,
    try_letter,
    write_letter,
)
from .line import pass_on
from .lists import tend_lists
from .offers import list_ends_at
from .orders import place_order
from .owners import correct_order, leave_order, move_order, payment_of, returns_money
from .papers import Kind, Paper, find_paper, issue_paper
from .payers import group_payments, name_groups, read_payers
from .pools import name_of, sync_pools
from .refunds import Quote, price_of, refund_of, refund_quote, share_at, share_of
from .reminders import remind_participants, remind_payers
from .seats import seats_left
from .settling import (
    confirmed_among,
    lacking_among,
    lapse_order,
    live_tickets,
    lock_orders,
    settle_order,
    tell_refund,
    unsettle_order,
)
from .state import ForumState, forum_state, state_of
from .steps import note_placed
from .waiting import Wish, accept_offer, decline_offer, join_list, leave_list
from .waiting_desk import offer_now, prolong_offer, remove_entry
from .waiting_owners import correct_waiting, forget_waiting, move_waiting
from .walk_ins import admit_walk_in, sessions_at_the_door

__all__ = [
    "MOST_AT_ONCE",
    "STRETCHES",
    "TELLING",
    "UNKNOWN",
    "Admission",
    "DoorList",
    "ListedPerson",
    "ListedState",
    "door_that_tells",
    "hear_admissions",
    "incidents_of",
    "is_gone",
    "list_for_phone",
    "order_keys",
    "correct_waiting",
    "forget_waiting",
    "move_waiting",
    "late_payers",
    "seat_late_payers",
    "pass_on",
    "payment_of",
    "tend_lists",
    "list_ends_at",
    "Wish",
    "accept_offer",
    "decline_offer",
    "join_list",
    "leave_list",
    "offer_now",
    "prolong_offer",
    "remove_entry",
    "Progress",
    "Words",
    "audience_sizes",
    "change_letter",
    "drop_letter",
    "letter_keys",
    "progress_of",
    "recipients_of",
    "send_letter",
    "try_letter",
    "write_letter",
    "Kind",
    "Paper",
    "find_paper",
    "issue_paper",
    "correct_order",
    "leave_order",
    "move_order",
    "returns_money",
    "Answer",
    "admit_walk_in",
    "sessions_at_the_door",
    "Scan",
    "check_in",
    "close_door",
    "door_of",
    "enrol_phone",
    "find_people",
    "make_door",
    "session_now",
    "sessions_with_counts",
    "waits_for_phone",
    "ForumState",
    "Person",
    "Quote",
    "RefundAccount",
    "Registration",
    "announce_change",
    "ask_for_link",
    "cancel_order",
    "change_forum",
    "change_invitation",
    "enter_order",
    "resend_mail",
    "copy_forum",
    "change_attendee",
    "changeable_tickets",
    "forum_state",
    "group_payments",
    "invitation_by_code",
    "invitation_code_index",
    "invite_guest",
    "invite_organisations",
    "lapse_order",
    "live_tickets",
    "confirmed_among",
    "lacking_among",
    "lock_orders",
    "mail_invitation",
    "name_groups",
    "next_day_for",
    "name_of",
    "note_placed",
    "may_change_attendee",
    "phone_index",
    "hear_of_card",
    "open_card_page",
    "place_order",
    "price_of",
    "purge_invitation_requests",
    "read_payers",
    "refund_of",
    "refund_quote",
    "revoke_invitation",
    "remind_participants",
    "remind_payers",
    "seats_left",
    "settle_order",
    "share_at",
    "share_of",
    "state_of",
    "steps_of",
    "sync_pools",
    "tell_refund",
    "ticket_code_index",
    "unsettle_order",
]

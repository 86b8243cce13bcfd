from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

EVENTS = "행사 담당"
DAY = timedelta(days=1)


class ForumsConfig(AppConfig):
    """토론회: meetings that people register for, pay for and attend. No discussion boards."""

    name = "campaigns.forums"
    label = "forums"
    verbose_name = _("Forums")

    def ready(self):
        # Models can only be imported once the registry is full.
        self._keep_pools()
        self._announce()
        self._take_money()
        self._tell_what_is_kept()
        self._prove_papers()
        self._mail_participants()
        self._register_jobs()
        self._let_in()
        self._guard_participants()
        self._write_mails()
        self._mail_who_waits()

    @staticmethod
    def _keep_pools():
        from django.core.exceptions import ValidationError
        from wagtail.signals import page_published

        from .exceptions import SeatsTakenError
        from .models import ForumPage
        from .services import sync_pools

        def keep_pools(instance, **_kwargs):
            try:
                sync_pools(instance)
            except SeatsTakenError as refusal:
                told = _("“%(name)s” has %(taken)d registered people already.")
                values = {"name": refusal.name, "taken": refusal.taken}
                raise ValidationError(told, params=values) from refusal

        page_published.connect(
            keep_pools, sender=ForumPage, weak=False, dispatch_uid="forums.keep_pools"
        )

    @staticmethod
    def _announce():
        from home.publishing import watch_model
        from home.registry import register_action_notes, register_events
        from payments.models import BankAccount

        from . import presenters

        watch_model(BankAccount)
        register_action_notes(presenters.card_notes)
        register_events(presenters.upcoming_events)

    @staticmethod
    def _take_money():
        from payments.registry import Purpose, register_purpose

        from . import services
        from .models import PAYMENT_PURPOSE

        register_purpose(
            Purpose(
                PAYMENT_PURPOSE,
                _("Registration for a forum"),
                payers=services.read_payers,
                settle=services.settle_order,
                unsettle=services.unsettle_order,
                lapse=services.lapse_order,
                lock=services.lock_orders,
                confirmed=services.confirmed_among,
                lacking=services.lacking_among,
                refunded=services.tell_refund,
                groups=services.group_payments,
                titles=services.name_groups,
            )
        )

    @staticmethod
    def _tell_what_is_kept():
        from rights.registry import register_data_set

        from . import data_sets
        from .services.rules import register_rules

        register_data_set(data_sets.ORDERS)
        register_data_set(data_sets.WAITING)
        register_data_set(data_sets.INVITATIONS)
        register_data_set(data_sets.INVITATION_REQUESTS)
        register_rules()

    @staticmethod
    def _prove_papers():
        from evidence.registry import register_prover

        from . import presenters

        register_prover(presenters.prove_paper)

    @staticmethod
    def _mail_participants():
        from messaging.registry import register

        from . import emails

        register(emails.ORDER_PLACED, emails.answer_order, label=_("Registration received"))
        register(emails.ORDER_CONFIRMED, emails.confirm_order, label=_("Registration confirmed"))
        register(emails.ORDER_UNSETTLED, emails.tell_unsettled, label=_("Deposit looked at again"))
        register(emails.ORDER_LAPSED, emails.tell_lapse, label=_("Registration lapsed"))
        register(
            emails.ORDER_CANCELLED, emails.tell_cancellation, label=_("Registration cancelled")
        )
        register(
            emails.ORDER_WITHOUT_SEAT, emails.tell_no_seat, label=_("Paid too late for a seat")
        )
        register(emails.REFUND_SENT, emails.tell_refund, label=_("Refund sent"))
        register(emails.ATTENDEE_CHANGED, emails.tell_new_attendee, label=_("Somebody else comes"))
        register(emails.ORDER_DUE, emails.remind_of_payment, label=_("Reminder of the deadline"))
        register(emails.FORUM_NEAR, emails.remind_of_forum, label=_("Reminder of the forum"))
        register(
            emails.INVITATION_LINK,
            emails.send_invitation_link,
            label=_("Link to members' sessions"),
        )

    @staticmethod
    def _register_jobs():
        from schedule.registry import register_job

        from . import services

        register_job(
            "forums.purge_invitation_requests",
            timedelta(hours=1),
            services.purge_invitation_requests,
        )
        register_job("forums.tend_lists", timedelta(seconds=30), services.tend_lists)
        register_job("forums.note_placed", timedelta(seconds=5), services.note_placed)
        register_job("forums.remind_payers", DAY, services.remind_payers, at=time(10, 0))
        register_job(
            "forums.remind_participants", DAY, services.remind_participants, at=time(10, 10)
        )

    @staticmethod
    def _let_in():
        from django.db.models.signals import post_save

        from accounts import defaults
        from accounts.defaults import COLLECTION_RIGHTS, ENTER, WRITE_PAGES, Role
        from accounts.registry import register_personal_data, register_rights, register_role
        from accounts.services import open_section

        from .models import ForumIndexPage

        invite = tuple(f"forums.{verb}_invitation" for verb in ("view", "add", "change"))
        verbs = ("view", "view_full", "export", "add", "change")
        letters = ("forums.view_letter", "forums.add_letter")
        participants = tuple(f"forums.{verb}_order" for verb in verbs)
        door = tuple(f"forums.{verb}_door" for verb in ("view", "add", "change"))
        register_personal_data(*participants, *door, *letters, screens=["/admin/registrations/"])
        register_role(
            EVENTS,
            Role(
                rights=(*ENTER, *invite, *participants, *door, *letters, "exports.add_exportjob"),
                section="forums.forumindexpage",
                in_section=WRITE_PAGES,
                collections=COLLECTION_RIGHTS,
            ),
        )
        for name in (defaults.ADMINISTRATOR, defaults.DIRECTOR):
            register_rights(name, *invite, "forums.view_order", "forums.view_letter")

        def open_to_event_staff(instance, created, raw, **_kwargs):
            if created and not raw:
                open_section(instance)

        post_save.connect(
            open_to_event_staff,
            sender=ForumIndexPage,
            weak=False,
            dispatch_uid="forums.open_section",
        )

    @staticmethod
    def _guard_participants():
        from wagtail.permissions import register_permission_policy

        from accounts.policies import ScopedPolicy
        from accounts.registry import ScopeKind, register_scope
        from exports.registry import register_source

        from . import export_sources
        from .models import Order
        from .services.scopes import forum_choices, keys_of_forums

        register_scope(ScopeKind("event", _("Forum"), choices=forum_choices, rows=keys_of_forums))
        register_permission_policy(Order, ScopedPolicy(Order, {"event": "forum"}))
        for source in export_sources.SOURCES:
            register_source(source)

    @staticmethod
    def _write_mails():
        from messaging.registry import register

        from . import emails

        register(
            emails.FORUM_CHANGED, emails.tell_change, label=_("Meeting postponed or called off")
        )
        register(emails.LETTER, emails.write_to_participant, label=_("Letter to participants"))
        register(emails.LETTER_TEST, emails.try_on_staff, label=_("Test of a letter"))
        register(emails.INVITATION_SENT, emails.send_invitation, label=_("Invitation code"))

    @staticmethod
    def _mail_who_waits():
        from messaging.registry import register

        from . import emails

        register(emails.LIST_JOINED, emails.welcome_to_list, label=_("On the waiting list"))
        register(emails.SEAT_OFFERED, emails.offer_seat, label=_("Offer of a seat"))
        register(emails.OFFER_DECLINED, emails.tell_declined, label=_("Offer declined"))
        register(emails.OFFER_EXPIRED, emails.tell_expired, label=_("Offer ran out"))
        register(emails.LIST_LEFT, emails.tell_removed, label=_("Taken off the waiting list"))
        register(emails.LIST_CLOSED, emails.tell_closed, label=_("Waiting list closed"))
        register(
            emails.LIST_CHANGED,
            emails.tell_list_change,
            label=_("Meeting postponed or called off, to who waits"),
        )

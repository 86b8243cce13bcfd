from datetime import time, timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

PLEDGES = "정책협약 담당"
REPRESENTATIVE = "연대회의 대표"
SCREENS = (
    *("/admin/agreements/", "/admin/delegations/", "/admin/responses/"),
    *("/admin/outreach/", "/admin/papers/"),
)

# What a regional coordinator does there: everything about candidates and additions but publishing.
IN_A_REGION = (
    *("pledges.view_election", "pledges.view_contest", "pledges.view_pledgeround"),
    *(f"pledges.{verb}_candidacy" for verb in ("view", "add", "change")),
    *(f"pledges.{verb}_respondent" for verb in ("view", "add", "change")),
    *("pledges.view_response", "pledges.view_pledgeagreement", "pledges.view_invitation"),
    *(f"pledges.{verb}_contactpoint" for verb in ("view", "add")),
    *(f"pledges.{verb}_outreachentry" for verb in ("view", "add")),
    *(f"pledges.{verb}_demandset" for verb in ("view", "add", "change")),
    *(f"pledges.{verb}_demandsetversion" for verb in ("view", "add", "change")),
    "exports.add_exportjob",  # the list of those without a contact; numbers stay with the centre
)


def _of(row):
    """Where the region of a respondent stands, seen from what belongs to one."""
    return (f"{row}candidacy__contest__post__region", f"{row}region")


REGION_OF = {
    "Candidacy": "contest__post__region",
    "Respondent": _of(""),
    "DemandSet": "region",
    "DemandSetVersion": "demand_set__region",
    "Invitation": _of("respondent__"),
    "ContactPoint": _of("respondent__"),
    "OutreachEntry": _of("respondent__"),
    "Delegation": _of("invitation__respondent__"),
    "Response": _of("respondent__"),
    "PledgeAgreement": _of("respondent__"),
    "PublicNote": _of("respondent__"),
}


class PledgesConfig(AppConfig):
    """정책협약: who stands at an election, what is asked of them, what they agree to."""

    name = "campaigns.pledges"
    label = "pledges"
    verbose_name = _("Pledge agreements")

    def ready(self):
        # Models can only be imported once the registry is full.
        self._let_in()
        self._limit_to_regions()
        self._ask_consents()
        self._mail_respondents()
        self._register_seals()
        self._open_agreements()
        self._mail_about_agreements()
        self._guard()
        self._tell_what_is_kept()

    @staticmethod
    def _tell_what_is_kept():
        from accounts.registry import register_personal_data
        from exports.registry import register_source
        from rights.registry import register_data_set

        from . import data_sets, export_sources
        from .services.rules import register_rules

        for data_set in data_sets.ALL:
            register_data_set(data_set)
        register_rules()
        for source in export_sources.SOURCES:
            register_source(source)
        register_personal_data(
            *(f"pledges.{verb}_contactpoint" for verb in ("view", "add", "change", "export")),
            *(f"pledges.{verb}_outreachentry" for verb in ("view", "add")),
        )

    def _guard(self):
        """What the law on elections wants; its calendar speaks to the newsroom, too."""
        from django.db.models.signals import pre_migrate

        from home.publishing import watch_model
        from home.registry import register_election_days
        from messaging.registry import register
        from schedule.registry import register_job

        from .emails.takedowns import TAKEN_DOWN, tell_author
        from .models import BoardRelease
        from .services.approvals import days_of_elections
        from .services.records import lock_records, unlock_records
        from .services.releases import publish_answers

        register(TAKEN_DOWN, tell_author, label=_("Something was taken down"))
        register_job("pledges.publish_answers", timedelta(minutes=1), publish_answers)
        register_election_days(days_of_elections)
        watch_model(BoardRelease)
        pre_migrate.connect(unlock_records, sender=self, dispatch_uid="pledges.unlock_records")
        post_migrate.connect(lock_records, sender=self, dispatch_uid="pledges.lock_records")

    @staticmethod
    def _let_in():
        from accounts import defaults
        from accounts.defaults import ENTER, Role
        from accounts.registry import register_rights, register_rights_within, register_role

        guards = (
            *(f"pledges.{verb}_commissioninquiry" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_boardrelease" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_approval" for verb in ("view", "add")),
            *(f"pledges.{verb}_cohost" for verb in ("view", "add", "delete")),
            *(f"pledges.{verb}_takedown" for verb in ("view", "add", "change")),
        )
        # Who answers for the whole: approves, and publishes where nobody has answered yet.
        answers = (*guards, "pledges.decide_approval", "pledges.add_releaseoverride")
        keep = (
            *(f"pledges.{verb}_election" for verb in ("view", "add", "change", "delete")),
            *(f"pledges.{verb}_contest" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_candidacy" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_candidateimport" for verb in ("view", "add")),
            *(f"pledges.{verb}_respondent" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_contactpoint" for verb in ("view", "add", "change", "export")),
            *(f"pledges.{verb}_outreachentry" for verb in ("view", "add")),
            *(f"pledges.{verb}_invitation" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_pledgeround" for verb in ("view", "change")),
            *(f"pledges.{verb}_demandset" for verb in ("view", "add", "change")),
            *(f"pledges.{verb}_demandsetversion" for verb in ("view", "add", "change", "publish")),
        )
        see = tuple(right for right in keep if ".view_" in right)
        register_role(PLEDGES, Role(rights=(*ENTER, *keep, *guards, "exports.add_exportjob")))
        register_rights(defaults.ADMINISTRATOR, *keep, *answers)
        register_rights(defaults.DIRECTOR, *answers)
        for name in (defaults.DIRECTOR, defaults.CAMPAIGNER):
            register_rights(name, *see)
        register_rights_within(defaults.REGIONAL, *IN_A_REGION)

    @staticmethod
    def _limit_to_regions():
        """Regional coordinators: the candidates of their region, what is asked there besides."""
        from wagtail.permissions import register_permission_policy

        from accounts.policies import ReadByAllPolicy, ScopedPolicy

        from . import models

        for model in (models.Election, models.PledgeRound):
            register_permission_policy(model, ReadByAllPolicy(model))
        contests = ReadByAllPolicy(models.Contest, {"region": "post__region"})
        register_permission_policy(models.Contest, contests)
        for name, fields in REGION_OF.items():
            model = getattr(models, name)
            register_permission_policy(model, ScopedPolicy(model, {"region": fields}))

    def _ask_consents(self):
        from privacy.services import sync_default_consents

        from .defaults import CONSENTS

        post_migrate.connect(
            lambda **_kwargs: sync_default_consents(CONSENTS, tool="pledges"),
            sender=self,
            dispatch_uid="pledges.sync_consents",
            weak=False,
        )

    @staticmethod
    def _mail_respondents():
        from messaging.registry import register

        from . import emails

        register(emails.INVITED, emails.invite, label=_("Policy demands: invitation"))
        register(emails.REMINDED, emails.remind, label=_("Policy demands: reminder"))
        register(emails.CODE, emails.send_code, label=_("Policy demands: code"))
        named = _("Policy demands: delegate named")
        register(emails.DELEGATE_NAMED, emails.tell_delegate_named, label=named)
        changes = _("Policy demands: address to be changed")
        register(emails.CONTACT_CHANGES, emails.tell_contact_changes, label=changes)
        signed = _("Policy demands: delegate signed")
        register(emails.DELEGATE_SIGNED, emails.tell_delegate_signed, label=signed)
        register(emails.RECEIVED, emails.send_receipt, label=_("Pledge agreement: signed"))

    @staticmethod
    def _open_agreements():
        from accounts import defaults
        from accounts.defaults import ENTER, Role
        from accounts.registry import register_personal_data, register_rights, register_role

        see = ("pledges.view_pledgeagreement", "pledges.view_delegation")
        keep = (
            *(*see, "pledges.change_pledgeagreement", "pledges.change_delegation"),
            *("pledges.view_response", "pledges.change_response", "pledges.add_publicnote"),
        )
        sign = "pledges.countersign_pledgeagreement"
        register_rights(PLEDGES, *keep)
        register_rights(defaults.ADMINISTRATOR, *keep)
        for name in (defaults.DIRECTOR, defaults.CAMPAIGNER):
            register_rights(name, *see)
        register_role(REPRESENTATIVE, Role(rights=(*ENTER, see[0], sign)))
        register_personal_data(*keep, sign, screens=SCREENS)

    @staticmethod
    def _mail_about_agreements():
        from datetime import timedelta

        from messaging.registry import register
        from schedule.registry import register_job

        from .emails.agreements import AGREEMENT_CONCLUDED, BUILDERS, COMMENT_HELD, NOTE_PUBLISHED
        from .services.copies import send_copies

        labels = {
            AGREEMENT_CONCLUDED: _("Pledge agreement concluded"),
            NOTE_PUBLISHED: _("Note on a respondent published"),
            COMMENT_HELD: _("Comment kept back"),
        }
        for name, build in BUILDERS.items():
            register(name, build, label=labels[name])
        register_job("pledges.send_copies", timedelta(minutes=1), send_copies)

    @staticmethod
    def _register_seals():
        from evidence.registry import register_file_check, register_keeper, register_prover
        from messaging.registry import register
        from schedule.registry import register_job

        from .emails.keys import KEYS_END, warn_of_end
        from .presenters.proofs import prove_agreement
        from .services.bounces import note_bounces
        from .services.chain import EVIDENCE_SUBJECT
        from .services.contact_lists import forget_contact_lists
        from .services.key_care import tend_keys
        from .services.outreach import close_round, remind_respondents
        from .services.public_log import find_log_faults
        from .services.seals import run_seals

        ten_minutes = timedelta(minutes=10)
        register_job("pledges.remind_respondents", timedelta(hours=1), remind_respondents)
        register_job("pledges.note_bounces", ten_minutes, note_bounces)
        register_job("pledges.forget_contact_lists", ten_minutes, forget_contact_lists)
        register_job("pledges.close_round", ten_minutes, close_round)
        register_job("pledges.run_seals", timedelta(seconds=10), run_seals)
        register_job("pledges.tend_keys", timedelta(days=1), tend_keys, at=time(3, 40))
        register_prover(prove_agreement)
        register_keeper(EVIDENCE_SUBJECT, find_log_faults)
        register_file_check("pledges:check-file", why="pledges:explain-seal")
        register(KEYS_END, warn_of_end, label=_("The seal of the pledge agreements ends soon"))

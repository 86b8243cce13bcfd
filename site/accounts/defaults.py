"""The roles this site starts with, and what each may do. Staff may give a role more rights."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Nobody publishes by writing: what editors write goes to the approver.
WRITE_PAGES = ("add_page", "change_page")
CHANGES = ("add", "change", "delete")
KEEP_PAGES = (*WRITE_PAGES, "publish_page", "lock_page", "unlock_page")
# What the secrets of second factors are encrypted for.
SECRETS = "accounts.factor"
# app_label.codename
ENTER = ("wagtailadmin.access_admin",)
MODERATE = ("petitions.view_signature", "petitions.change_signature")
# Names unmasked and out of the site: each a right of its own, each with a reason, each on record.
KNOW_SIGNERS = (
    *("petitions.view_full_signature", "petitions.export_signature"),
    "exports.add_exportjob",
)
CONTINUE = (
    *("petitions.view_continuation", "petitions.add_continuation"),
    "petitions.change_continuation",
)
LIFT_BLOCKS = ("petitions.delete_blockedaddress",)
CONSENT_TEXTS = (
    "privacy.view_consentdefinition",
    "privacy.add_consentdefinition",
    "privacy.change_consentdefinition",
)
MAIL = (
    "messaging.view_outboxmessage",
    "messaging.retry_outboxmessage",
    "messaging.view_suppression",
)
# What goes when, the destruction log, and holds in a dispute.
READ_RETENTION = ("rights.view_destructionrecord", "rights.view_retentionhold")
RETENTION = (*READ_RETENTION, "rights.add_retentionhold", "rights.change_retentionhold")
# What people ask about their own data (PIPA art. 35 to 38), answered within ten days.
ANSWER_REQUESTS = ("rights.view_request", "rights.change_request")
# What only a law still wants kept: read one by one, for a reason (PIPA art. 21(3)).
READ_KEPT_BY_LAW = ("rights.view_retainedrecord",)
# All of it in one file, for a court or an authority that asks; with a reason, on record.
EXPORT_KEPT_BY_LAW = ("rights.export_retainedrecord", "exports.add_exportjob")
# What leaked, whom it concerns, what they are told (PIPA art. 34).
BREACHES = (
    *("rights.view_breachcase", "rights.add_breachcase"),
    "rights.change_breachcase",
)
# Pictures and files live in collections; everybody who writes pages may add and choose them.
COLLECTION_RIGHTS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)


def _all_of(app_label: str, *models: str) -> tuple[str, ...]:
    verbs = ("view", "add", "change", "delete")
    return tuple(f"{app_label}.{verb}_{model}" for model in models for verb in verbs)


# Who writes pages also keeps what stands around them, and the rows they are drawn from.
AROUND_PAGES = (
    *("home.change_sitesettings", "home.change_sitealert"),
    *_all_of("home", "contact", "theme", "sector", "shortlink", "searchsynonym"),
    *_all_of("network", "organisation", "body", "meeting"),
    "network.view_region",
)
AROUND_CAMPAIGNS = _all_of("home", "contact") + _all_of("network", "organisation")
# Addresses that are printed and linked must lead somewhere for years.
REDIRECTS = _all_of("wagtailredirects", "redirect")

# Who saw whose data, and what left the site.
SEE_ACCESSES = (
    *("privacy.view_accessentry", "privacy.view_accessreview"),
    "evidence.view_evidencecheck",
)
SIGN_OFF_ACCESSES = ("privacy.add_accessreview",)
SEE_EXPORTS = ("exports.view_exportjob",)
# Who works here, and who may do what.
KEEP_STAFF = (
    *("accounts.view_user", "accounts.add_user", "accounts.change_user"),
    *("accounts.view_grant", "accounts.add_grant"),
    *_all_of("auth", "group"),
)
SEE_STAFF = ("accounts.view_grant", "accounts.view_rightschange")
REVIEW_STAFF = (*SEE_STAFF, "accounts.review_rights")
KEEP_SITE = (
    *(f"wagtailcore.{verb}_{model}" for model in ("site", "collection") for verb in CHANGES),
    *(f"wagtailcore.{verb}_{model}" for model in ("task", "workflow") for verb in CHANGES),
)

ADMINISTRATOR = "최고관리자"
DIRECTOR = "사무국장(승인자)"
EDITOR = "편집자"
CAMPAIGNER = "캠페인 담당"
MODERATOR = "조정자"
REGIONAL = "지역 담당(회원단체)"
OFFICER = "개인정보 보호책임자"
AUDITOR = "감사"


@dataclass(frozen=True)
class Role:
    """``everywhere`` and ``in_section`` are rights on pages, ``section`` a page type.

    A role with a ``scope`` (a kind of limit, such as "region") is given within one only;
    ``in_scope`` are the rights that it has there and nowhere else.
    """

    rights: tuple[str, ...]
    everywhere: tuple[str, ...] = ()
    section: str = ""
    in_section: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    scope: str = ""
    in_scope: tuple[str, ...] = ()


ROLES = {
    ADMINISTRATOR: Role(
        rights=(
            *(*ENTER, *AROUND_PAGES, *MODERATE, *KNOW_SIGNERS, *LIFT_BLOCKS, *CONSENT_TEXTS),
            *(*MAIL, *REDIRECTS, *KEEP_STAFF, *REVIEW_STAFF, *KEEP_SITE),
            *(
                *SEE_ACCESSES,
                *SIGN_OFF_ACCESSES,
                *SEE_EXPORTS,
                *RETENTION,
                *ANSWER_REQUESTS,
                *BREACHES,
                *READ_KEPT_BY_LAW,
            ),
            *CONTINUE,
        ),
        everywhere=KEEP_PAGES,
        collections=COLLECTION_RIGHTS,
    ),
    DIRECTOR: Role(
        rights=(
            *(*ENTER, *AROUND_PAGES, *MODERATE, *LIFT_BLOCKS, *CONSENT_TEXTS, *MAIL),
            *(*REDIRECTS, *SEE_ACCESSES, *RETENTION, *ANSWER_REQUESTS, *BREACHES, *CONTINUE),
        ),
        everywhere=KEEP_PAGES,
        collections=COLLECTION_RIGHTS,
    ),
    EDITOR: Role(
        rights=(*ENTER, *AROUND_PAGES), everywhere=WRITE_PAGES, collections=COLLECTION_RIGHTS
    ),
    CAMPAIGNER: Role(
        rights=(
            *(*ENTER, *AROUND_CAMPAIGNS, *MODERATE, *KNOW_SIGNERS),
            *(*LIFT_BLOCKS, *CONSENT_TEXTS, *MAIL, *CONTINUE),
        ),
        section="campaigns.campaignindexpage",
        in_section=WRITE_PAGES,
        collections=COLLECTION_RIGHTS,
    ),
    MODERATOR: Role(rights=(*ENTER, *MODERATE)),
    # Writes texts of the own region, which go to the approver; sees its signers masked.
    REGIONAL: Role(
        rights=ENTER,
        section="home.newsindexpage",
        in_section=("add_page",),
        collections=COLLECTION_RIGHTS,
        scope="region",
        in_scope=("petitions.view_signature",),
    ),
    OFFICER: Role(
        rights=(
            *(*ENTER, "petitions.view_signature", *CONSENT_TEXTS),
            *(*REVIEW_STAFF, *SEE_ACCESSES, *SIGN_OFF_ACCESSES),
            *(*SEE_EXPORTS, *RETENTION, *ANSWER_REQUESTS, *BREACHES),
            *(*READ_KEPT_BY_LAW, *EXPORT_KEPT_BY_LAW),
        ),
    ),
    AUDITOR: Role(rights=(*ENTER, *SEE_STAFF, *SEE_ACCESSES, *SEE_EXPORTS, *READ_RETENTION)),
}


@dataclass(frozen=True)
class Preset:
    """Several roles for one person at once."""

    label: object
    roles: tuple[str, ...]


# Two people run the whole site: what one writes the other approves. Rules that want two people
# compare people, not roles, so they hold here as everywhere.
PRESETS = {
    "small-office-lead": Preset(
        _("Small office: who answers for it"), (ADMINISTRATOR, DIRECTOR, OFFICER)
    ),
    "small-office-work": Preset(
        _("Small office: who does the daily work"), (EDITOR, CAMPAIGNER, MODERATOR)
    ),
}

# Wagtail makes these in English; their members keep what they had.
BUILT_IN_GROUPS = {"Editors": EDITOR, "Moderators": DIRECTOR}
BUILT_IN_WORKFLOW = ("Moderators approval", "사무국장 승인")
BUILT_IN_ROOT = ("Root", "모든 페이지")
BUILT_IN_COLLECTION = ("Root", "모든 파일")

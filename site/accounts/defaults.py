"""The roles this site starts with, and what each may do. Staff may give a role more rights."""

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
PAGE_KEEPER_RIGHTS = (*PAGE_RIGHTS, "lock_page", "unlock_page")
# app_label.codename
ENTER = ("wagtailadmin.access_admin",)
MODERATE = ("petitions.view_signature", "petitions.change_signature")
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
    *_all_of("home", "contact", "theme", "sector"),
    *_all_of("network", "organisation", "body", "meeting"),
    "network.view_region",
)

EDITOR = "편집자"
CAMPAIGNER = "캠페인 담당"
MODERATOR = "조정자"
DIRECTOR = "사무국장(승인자)"

# name: (rights, rights on all pages, rights on all collections)
ROLES = {
    EDITOR: ((*ENTER, *AROUND_PAGES), PAGE_RIGHTS, COLLECTION_RIGHTS),
    CAMPAIGNER: (
        (*ENTER, *AROUND_PAGES, *MODERATE, *LIFT_BLOCKS, *CONSENT_TEXTS, *MAIL),
        PAGE_RIGHTS,
        COLLECTION_RIGHTS,
    ),
    MODERATOR: ((*ENTER, *MODERATE), (), ()),
    DIRECTOR: (
        (*ENTER, *AROUND_PAGES, *MODERATE, *LIFT_BLOCKS, *CONSENT_TEXTS, *MAIL),
        PAGE_KEEPER_RIGHTS,
        COLLECTION_RIGHTS,
    ),
}

# Wagtail makes these in English; their members keep what they had.
BUILT_IN_GROUPS = {"Editors": EDITOR, "Moderators": DIRECTOR}
BUILT_IN_WORKFLOW = ("Moderators approval", "사무국장 승인")

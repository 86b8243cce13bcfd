"""The tabs in which staff fill in a forum, in the order in which they think of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

WHAT = [
    *(*Page.content_panels, FieldPanel("kind"), FieldPanel("slogan"), FieldPanel("summary")),
    FieldPanel("body"),
    InlinePanel("hosts", heading=_("Hosts"), label=_("Host")),
    FieldPanel("more_hosts"),
]

WHEN = [
    InlinePanel(
        "sessions",
        heading=_("Sessions"),
        label=_("Session"),
        help_text=_(
            "One meeting may have parts for different people: 1부 for everybody, 2부 for "
            "representatives. Price, seats and form of what is not for everybody are shown to "
            "nobody without an invitation."
        ),
    ),
    MultiFieldPanel(
        [
            *(FieldPanel("place"), FieldPanel("place_detail"), FieldPanel("address")),
            FieldPanel("online_url"),
        ],
        heading=_("Place"),
    ),
    FieldPanel("spoken_hours"),
]

PROGRAMME = [
    InlinePanel(
        "programme",
        heading=_("Programme"),
        label=_("Programme item"),
        help_text=_("Only minutes: the page works out the hours from the session's beginning."),
    ),
    InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
]

REGISTRATION = [
    MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]
            ),
            FieldRowPanel([FieldPanel("takes_waiting"), FieldPanel("offer_hours")]),
        ],
        heading=_("Registration"),
    ),
    MultiFieldPanel(
        [
            *(FieldPanel("account"), FieldPanel("payment_due_at"), FieldPanel("depositor_prefix")),
            InlinePanel(
                "refund_tiers",
                heading=_("Refund rules"),
                label=_("Refund rule"),
                help_text=_(
                    "7 days before: 100 percent, 1 day before: 50 percent. Later, nothing goes "
                    "back. Needed where something is to be paid."
                ),
            ),
            FieldPanel("issues_papers"),
        ],
        heading=_("Fee"),
    ),
    FieldPanel("retention_months"),
]

ADVICE = [FieldPanel("accessibility"), FieldPanel("contact")]

AFTERWARDS = [
    HelpPanel(content=_("Once the meeting is over, these stand in the place of the form.")),
    FieldPanel("materials"),
    FieldPanel("results"),
]


def forum_tabs(promote_panels):
    return TabbedInterface(
        [
            ObjectList(WHAT, heading=pgettext_lazy("tab of a forum", "What")),
            ObjectList(WHEN, heading=_("When and where")),
            ObjectList(PROGRAMME, heading=_("Programme and speakers")),
            ObjectList(REGISTRATION, heading=_("Registration and fee")),
            ObjectList(ADVICE, heading=_("For those who come")),
            ObjectList(AFTERWARDS, heading=_("Afterwards")),
            ObjectList(promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )

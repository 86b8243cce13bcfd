from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.blocks import BodyStreamBlock, FileBlock
from home.dates import korean_date
from home.fields import StreamField
from home.models import BasePage

from ..admin_forms import ForumPageForm, forum_tabs, obstacles_to_publishing, warnings_about
from ..blocks import HelpBlock


class ForumPage(BasePage):
    """A meeting with sessions. Who comes are rows; what they read is this page."""

    is_action = True
    default_slug = "forum"
    action_label = _("Register")
    card_template = "forums/_card.html"
    share_look = "plum"
    schema_type = "Event"

    class Kind(models.TextChoices):
        FORUM = "forum", pgettext_lazy("forum kind", "Forum")
        ROUND_TABLE = "round_table", pgettext_lazy("forum kind", "Round table")
        STUDY_MEETING = "study_meeting", pgettext_lazy("forum kind", "Study meeting")
        WORKSHOP = "workshop", pgettext_lazy("forum kind", "Workshop")
        TRAINING = "training", pgettext_lazy("forum kind", "Training")
        ASSEMBLY = "assembly", pgettext_lazy("forum kind", "General assembly")
        PLEDGE_CEREMONY = "pledge_ceremony", pgettext_lazy("forum kind", "Pledge ceremony")
        PRESS_CONFERENCE = "press_conference", pgettext_lazy("forum kind", "Press conference")

    class Change(models.TextChoices):
        NONE = "", pgettext_lazy("forum change", "Takes place as planned")
        POSTPONED = "postponed", pgettext_lazy("forum change", "Postponed")
        CANCELLED = "cancelled", pgettext_lazy("forum change", "Cancelled")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.FORUM)
    slogan = models.CharField(
        _("slogan"),
        max_length=100,
        blank=True,
        help_text=_("One line under the title: 기본법 이후, 지역에서 무엇을 먼저 할 것인가"),
    )
    day_field = "starts_at"
    # Of the first and the last session, for lists; written when the page is saved.
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False)
    place = models.CharField(
        _("place"), max_length=100, blank=True, help_text=_("Empty: to be announced.")
    )
    place_detail = models.CharField(
        _("way there"), max_length=200, blank=True, help_text=_("The next station, the entrance.")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("online address"), blank=True, help_text=_("Told to registered people only.")
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("what it is about"), blank=True)
    more_hosts = models.CharField(
        _("further hosts"), max_length=200, blank=True, help_text=_("With commas between.")
    )
    # Hour words as in the coalition's own notices: 낮 12시 30분, 저녁 6시.
    spoken_hours = models.BooleanField(_("낮 and 저녁 instead of 오전 and 오후"), default=False)
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the meeting begins."),
    )
    takes_waiting = models.BooleanField(
        _("waiting list when it is full"),
        default=True,
        db_default=True,
        help_text=_("A seat that gets free is offered to who waits, in their order."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=24,
        db_default=24,
        validators=[MinValueValidator(1), MaxValueValidator(96)],
        help_text=_(
            "Shorter when the meeting is near. No offer ends at night, and what is offered at "
            "night counts from the morning."
        ),
    )
    payment_due_at = models.DateTimeField(_("to be paid by"), null=True, blank=True)
    account = models.ForeignKey(
        "payments.BankAccount",
        verbose_name=_("bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"is_open": True},
        help_text=_("Accounts are added by the treasurer and approved by a second person."),
    )
    depositor_prefix = models.CharField(
        _("word before the depositor's name"),
        max_length=4,
        blank=True,
        default="토론회",
        help_text=_("Banks print about seven letters: 토론회홍길동."),
    )
    issues_papers = models.BooleanField(_("organisations get an estimate and a bill"), default=True)
    contact = models.ForeignKey(
        "home.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown until the meeting is over."),
    )
    accessibility = StreamField(
        [("note", HelpBlock())], verbose_name=_("accessibility"), blank=True
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months kept after the meeting"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("Then names, addresses and telephone numbers of those who came are removed."),
    )
    change = models.CharField(
        _("change"), max_length=9, choices=Change.choices, blank=True, default=Change.NONE
    )
    change_reason = models.CharField(_("why it changed"), max_length=200, blank=True)
    changed_at = models.DateTimeField(null=True, editable=False)
    results = StreamField(BodyStreamBlock(), verbose_name=_("what came of it"), blank=True)
    materials = StreamField([("file", FileBlock())], verbose_name=_("materials"), blank=True)

    edit_handler = forum_tabs(BasePage.promote_panels)
    base_form_class = ForumPageForm
    searched_fields = (
        *(*BasePage.searched_fields, "slogan", "place", "body", "podium"),
        *("results", "materials"),
    )

    parent_page_types = ["campaigns.CampaignPage", "forums.ForumIndexPage"]
    subpage_types = []
    # Whoever copies last year's forum wants its words, not its people.
    exclude_fields_in_copy = [
        *("orders", "pools", "invitations", "doors", "waiting_entries"),
        *("change", "change_reason", "changed_at", "results", "materials"),
    ]
    # Decided by a button of its own, not by a version of the text.
    beside_versions = ("change", "change_reason", "changed_at")

    class Meta:
        verbose_name = verbose_name_plural = _("forum")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="forums_forum_closes_after_opening",
            ),
        ]

    def save(self, clean=True, **kwargs):
        """Save as Wagtail does; what is live must be ready, whichever way it got so."""
        self.keep_sessions()
        times = [(session.starts_at, session.ends_at) for session in self.sessions.all()]
        self.starts_at = min((starts for starts, _ends in times), default=None)
        self.ends_at = max((ends for _starts, ends in times), default=None)
        if clean and self.live:
            self.check_ready()
        return super().save(clean=clean, **kwargs)

    def clean(self):
        super().clean()
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            told = _("Registration must close after it opens.")
            raise ValidationError({"registration_closes_at": told})

    def compose_texts(self):
        """Also the short texts of sessions, programme and speakers."""
        super().compose_texts()
        for name in ("sessions", "programme", "speakers"):
            for row in getattr(self, name).all():
                for field, value in row.__dict__.items():
                    if isinstance(value, str):
                        setattr(row, field, normalize("NFC", value))

    @property
    def crumb_title(self):
        return self.title

    @property
    def share_tag(self):
        return str(self.get_kind_display())

    @property
    def share_note(self):
        return korean_date(self.starts_at) if self.starts_at else ""

    def on_timeline(self):
        """The day on which it takes place, not the one on which it was announced."""
        return self.starts_at, str(self.get_change_display() if self.change else self.share_tag)

    @property
    def podium(self):
        """What search finds besides the text: programme and speakers."""
        items = (f"{item.title} {item.who}" for item in self.programme.all())
        people = (f"{s.name} {s.affiliation} {s.position}" for s in self.speakers.all())
        return [*items, *people]

    def serve(self, request, *args, **kwargs):
        from ..views import show_forum  # noqa: PLC0415 (the one allowed, see architecture.md)

        return show_forum(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)

    def publish(self, revision, *args, **kwargs):
        """Publish as Wagtail does, or schedule; all of it or nothing, with the pools of seats."""
        revision.as_object().check_ready()
        with transaction.atomic():
            return super().publish(revision, *args, **kwargs)

    def with_content_json(self, content):
        """A version says what the page says, not whether the meeting takes place."""
        page = super().with_content_json(content)
        stored = type(self).objects.filter(pk=self.pk).values(*self.beside_versions).first()
        for name, value in (stored or {}).items():
            setattr(page, name, value)
        return page

    def check_ready(self):
        """Raise ValidationError with all that keeps this forum from being published."""
        if obstacles := obstacles_to_publishing(self, self.parts, self.held()):
            told = " ".join(str(obstacle.message) for obstacle in obstacles)
            values = {"title": self.title, "told": told}
            raise ValidationError(
                _("Nothing was published. “%(title)s” is not ready: %(told)s"), params=values
            )

    def findings(self):
        """What an editor should look at, though it may go public as it is."""
        return warnings_about(self, self.parts)

    @property
    def parts(self):
        """By name, the rows that editors keep in lists."""
        names = ("sessions", "programme", "refund_tiers")
        return {name: list(getattr(self, name).all()) for name in names}

    def held(self):
        """The pools of its sessions and meals as stored: how many are taken of each."""
        if not self.pk:
            return []
        used = self.stored_sessions().filter(pk=OuterRef("session_id"), seats__isnull=False)
        pools = self.pools.filter(invitation=None).select_related("session")
        return list(pools.annotate(was_used=Exists(used)))

    def stored_sessions(self):
        return self._meta.get_field("sessions").related_model.objects.filter(forum_id=self.pk)

    def keep_sessions(self):
        """A version may know a session that has been stored since without its key."""
        new = [session for session in self.sessions.all() if session.pk is None]
        if not self.pk or not new:
            return
        known = {session.pk for session in self.sessions.all()}
        free = [session for session in self.stored_sessions() if session.pk not in known]
        for names in (("part", "title"), ("part",), ("starts_at",)):
            for session in [session for session in new if session.pk is None]:
                same = [f for f in free if all(getattr(f, n) == getattr(session, n) for n in names)]
                if same:
                    session.pk = same[0].pk
                    free.remove(same[0])

    @property
    def is_cancelled(self):
        return self.change == self.Change.CANCELLED

    def is_open(self, now=None):
        """Whether people may register at this moment."""
        now = now or timezone.now()
        opened = self.registration_opens_at is None or self.registration_opens_at <= now
        closes = self.registration_closes_at or self.ends_at
        return not self.change and opened and (closes is None or now < closes)

    def is_over(self, now=None):
        return self.ends_at is not None and self.ends_at <= (now or timezone.now())

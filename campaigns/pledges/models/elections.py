from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Office(models.TextChoices):
    """What somebody is elected to, in the order of the election commission."""

    PRESIDENT = "president", _("President")
    ASSEMBLY = "assembly", _("National Assembly, constituency")
    GOVERNOR = "governor", _("Governor or metropolitan mayor")
    MAYOR = "mayor", _("Mayor or head of a county or district")
    PROVINCE_COUNCIL = "province_council", _("Provincial council, constituency")
    CITY_COUNCIL = "city_council", _("City, county or district council, constituency")
    ASSEMBLY_LIST = "assembly_list", _("National Assembly, proportional")
    PROVINCE_LIST = "province_list", _("Provincial council, proportional")
    CITY_LIST = "city_list", _("City, county or district council, proportional")
    EDUCATION = "education", _("Superintendent of education")


class Election(models.Model):
    """One day on which people vote, for one kind of offices."""

    class Kind(models.TextChoices):
        PRESIDENTIAL = "presidential", _("Presidential election")
        ASSEMBLY = "assembly", _("National Assembly election")
        LOCAL = "local", _("Local elections")
        BY_ELECTION = "by_election", _("By-elections")

    name = models.CharField(
        _("name"), max_length=80, help_text=_("As the election commission calls it.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    vote_on = models.DateField(_("election day"))
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Where the day is announced: an address or a paper."),
    )

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-vote_on", "kind"]
        default_permissions = ("view", "add", "change", "delete")
        constraints = [
            models.UniqueConstraint(fields=["kind", "vote_on"], name="pledges_election_kind_day"),
            models.CheckConstraint(
                condition=Q(kind__in=["presidential", "assembly", "local", "by_election"]),
                name="pledges_election_kind",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def commission_id(self) -> str:
        """``sgId`` of the election commission's data: the day."""
        return f"{self.vote_on:%Y%m%d}"


class Post(models.Model):
    """A seat that is voted on again and again: 경기도지사, 서울특별시의원 (종로구제1선거구).

    ``district_name`` is the constituency as the commission writes it; empty where the post is that
    of the whole region. No region: the whole country.
    """

    office = models.CharField(_("office"), max_length=16, choices=Office.choices)
    region = models.ForeignKey(
        "network.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    district_name = models.CharField(_("constituency"), max_length=60, blank=True)
    key = models.CharField(max_length=100, unique=True)  # office, code of the region, constituency

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(office__in=["president", "assembly_list"]) | Q(region__isnull=False),
                name="pledges_post_has_region",
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.get_office_display()}".strip()

    @property
    def place(self):
        """Where people vote; a constituency that is called after its city says so once."""
        if self.region is None:
            return ""
        if not self.district_name.startswith(self.region.name):
            return f"{self.region.full_name} {self.district_name}".strip()
        around = self.region.parent
        return f"{around.full_name} {self.district_name}" if around else self.district_name


class Contest(models.Model):
    """One post at one election."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("contest", "Takes place")
        UNCONTESTED = "uncontested", pgettext_lazy("contest", "Without a vote")
        CANCELLED = "cancelled", pgettext_lazy("contest", "Cancelled")

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="contests"
    )
    post = models.ForeignKey(
        Post, verbose_name=_("post"), on_delete=models.PROTECT, related_name="contests"
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    status = models.CharField(
        _("state"), max_length=11, choices=Status.choices, default=Status.PLANNED
    )
    by_election_reason = models.CharField(
        _("why it is voted on anew"),
        max_length=200,
        blank=True,
        help_text=_("Only for by-elections: resignation, death, an election that was annulled."),
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("in place of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    listed_at = models.DateTimeField(null=True, editable=False)  # the list of candidates was final

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(fields=["election", "post"], name="pledges_contest_once"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="pledges_contest_has_seats"),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "uncontested", "cancelled"]),
                name="pledges_contest_status",
            ),
        ]

    def __str__(self):
        return f"{self.post} · {self.election}"

"""Files that leave through the one export job: numbers for text messages, who has no contact."""

from collections.abc import Iterator, Mapping

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from exports.registry import ExportSource, Record
from home.network.models import Region
from privacy.addresses import written_phone

from .models import ContactPoint, Contest, Election, Respondent
from .policies import rows_for
from .services.letters import without_address
from .services.rules import CONTACTS

BATCH = 500
Options = Mapping[str, object]


class SilentChoice(forms.Form):
    """Of which election; of one contest or one region, if not of all."""

    election = forms.ModelChoiceField(
        label=_("Election"), queryset=Election.objects.order_by("-vote_on"), empty_label="—"
    )
    contest = forms.ModelChoiceField(
        label=_("Contest"),
        queryset=Contest.objects.none(),
        required=False,
        empty_label=pgettext_lazy("contests", "All"),
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=pgettext_lazy("regions", "All"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        contests = rows_for(user, Contest).select_related("election", "post__region__parent")
        self.fields["contest"].queryset = contests.order_by("-election__vote_on", "pk")
        self.fields["contest"].label_from_instance = lambda row: f"{row.post} · {row.election.name}"
        self.fields["region"].queryset = Region.objects.sign_choices()

    def clean(self):
        cleaned = super().clean()
        contest, election = cleaned.get("contest"), cleaned.get("election")
        if contest and election and contest.election_id != election.pk:
            self.add_error("contest", _("This contest belongs to another election."))
        return cleaned

    def options(self) -> dict[str, object]:
        chosen = self.cleaned_data
        names = ("election", "contest", "region")
        return {name: chosen[name].pk for name in names if chosen[name]}


def _rows(options: Options, user: User) -> QuerySet[ContactPoint]:
    """Numbers in use of those who have not answered, within this person's scope."""
    asked = Respondent.objects.silent().filter(election=options["election"])
    if "contest" in options:
        asked = asked.of_contest(options["contest"])
    if "region" in options:
        asked = asked.within(options["region"])
    rows = rows_for(user, ContactPoint, "export")
    numbers = rows.filter(kind=ContactPoint.Kind.PHONE, state=ContactPoint.State.APPROVED)
    return numbers.filter(respondent__in=asked)


def _columns(_options: Options) -> list[object]:
    return [
        *(_("Contest"), _("Name"), _("Party"), _("Mobile phone")),
        _("Page where the camp enters its address"),
    ]


def _count(options: Options, user: User) -> int:
    return _rows(options, user).count()


def _records(options: Options, user: User) -> Iterator[Record]:
    """By key, so that a long export holds no cursor. No link and no code is in it."""
    rows = (
        _rows(options, user)
        .order_by("pk")
        .select_related(
            "respondent__candidacy__contest__post__region__parent", "respondent__region"
        )
    )
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            yield Record(str(row.respondent.public_id), _cells(row))


def _cells(row: ContactPoint) -> list[str]:
    respondent = row.respondent
    candidacy = respondent.candidacy
    page = reverse("pledges:own-contact", args=[respondent.public_id])
    return [
        str(candidacy.contest.post) if candidacy else str(respondent.get_kind_display()),
        respondent.name,
        candidacy.party if candidacy else respondent.party_name,
        written_phone(row.value or ""),
        f"{settings.SITE_URL}{page}",
    ]


def _waiting(options: Options, user: User) -> QuerySet[Respondent]:
    """Who has no address yet, of those whose contacts this person may enter."""
    rows = rows_for(user, Respondent, "change").filter(election=options["election"])
    if "contest" in options:
        rows = rows.of_contest(options["contest"])
    if "region" in options:
        rows = rows.within(options["region"])
    return without_address(rows)


def _waiting_columns(_options: Options) -> list[object]:
    return [
        *(_("Reference code"), _("Constituency"), pgettext_lazy("election", "Office")),
        *(_("Ballot number"), _("Party"), _("Name")),
        *(_("E-mail"), _("Mobile phone"), pgettext_lazy("own contact", "Who reads it")),
        _("Source"),
    ]


def _waiting_count(options: Options, user: User) -> int:
    return _waiting(options, user).count()


def _waiting_records(options: Options, user: User) -> Iterator[Record]:
    """Four columns are empty: they are filled in and the file comes back."""
    rows = (
        _waiting(options, user)
        .order_by("pk")
        .select_related("candidacy__contest__post__region__parent", "region__parent")
    )
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            yield Record(str(row.public_id), [str(row.public_id), *_who(row), "", "", "", ""])


def _who(row: Respondent) -> list[str]:
    candidacy = row.candidacy
    if candidacy is None:
        place = row.region.full_name if row.region else ""
        return [place, "", "", row.party_name, row.party_name]
    post = candidacy.contest.post
    office = str(post.get_office_display())
    return [post.place, office, candidacy.ballot_number, candidacy.party, candidacy.name]


SOURCES = (
    ExportSource(
        name="pledges.without_contact",
        label=_("Respondents without a contact"),
        description=_(
            "Whom nobody can write to yet, with empty columns for e-mail, mobile phone and source. "
            "Filled in, the file is sent in under contacts and invitations."
        ),
        permission="pledges.add_contactpoint",
        data_set=CONTACTS,
        choose=SilentChoice,
        columns=_waiting_columns,
        count=_waiting_count,
        records=_waiting_records,
    ),
    ExportSource(
        name="pledges.silent",
        label=_("Respondents to write a text message to"),
        description=_(
            "Mobile phones of those who have not answered, with the public page where a camp "
            "enters its address. No link to answer and no code."
        ),
        permission="pledges.export_contactpoint",
        data_set=CONTACTS,
        choose=SilentChoice,
        columns=_columns,
        count=_count,
        records=_records,
    ),
)

"""Which signatures may leave the site: the roll to hand over, the rows, the readers of news."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.permissions import policy_registry

from accounts.models import User
from exports.registry import ExportSource, Record
from messaging.services import suppressed_among
from privacy.models import ConsentDefinition
from privacy.services import agreed_among

from .models import PetitionPage, Signature

BATCH = 1000
PERMISSION = "petitions.export_signature"
DATA_SET = "petitions.signatures"
Options = Mapping[str, object]


class PetitionChoice(forms.Form):
    """Of which petition."""

    petition = forms.ModelChoiceField(
        label=_("Petition"),
        queryset=PetitionPage.objects.only("title").order_by("-pk"),
        empty_label="—",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def options(self) -> dict[str, object]:
        return {"petition": self.cleaned_data["petition"].pk}


class RollChoice(PetitionChoice):
    """A petition that asks for the consent to be listed; without it nobody is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asking = PetitionPage.objects.filter(petition_consents__definition__kind="third_party")
        self.fields["petition"].queryset = asking.distinct().only("title").order_by("-pk")


class StatusChoice(PetitionChoice):
    statuses = forms.MultipleChoiceField(
        label=_("Status"),
        choices=[
            (status.value, status.label)
            for status in (Signature.Status.CONFIRMED, Signature.Status.UNCONFIRMED)
        ],
        initial=[Signature.Status.CONFIRMED],
        widget=forms.CheckboxSelectMultiple,
    )

    def options(self) -> dict[str, object]:
        return {**super().options(), "statuses": sorted(self.cleaned_data["statuses"])}


def _rows(options: Options, user: User) -> QuerySet[Signature]:
    """Signatures that still have a person, of one petition, within this person's scope."""
    statuses = options.get("statuses", [Signature.Status.CONFIRMED])
    policy = policy_registry.get_by_type(Signature)
    rows = policy.instances_user_has_permission_for(user, "export").filter(
        petition_id=options["petition"], status__in=statuses, anonymised_at=None
    )
    return rows.select_related("region").order_by("pk")


def _batches(rows: QuerySet[Signature]) -> Iterator[list[Signature]]:
    """By key, so that a long export holds no cursor and reads each batch as it is then."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def _moment(value):
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def _count_all(options: Options, user: User) -> int:
    return _rows(options, user).count()


def _all_columns(_options: Options) -> list[object]:
    return [
        *(_("Reference"), _("Name"), _("E-mail"), _("Region"), _("Status"), _("Signed")),
        *(_("Confirmed"), _("Name display"), pgettext_lazy("signature", "comment")),
    ]


def _all_records(options: Options, user: User) -> Iterator[Record]:
    for batch in _batches(_rows(options, user)):
        for row in batch:
            yield Record(
                str(row.public_id),
                [
                    *(row.reference, row.name, row.email, row.region.name),
                    *(row.get_status_display(), _moment(row.created_at)),
                    *(_moment(row.confirmed_at), row.get_name_display_display()),
                    row.comment or "",
                ],
            )


def _listed(rows: list[Signature], kind: str, slugs: set[str]) -> list[Signature]:
    """Of these, who agreed to all consents of this kind that the petition asks for now."""
    if not slugs:
        return []
    agreed: dict[UUID, set[str]] = agreed_among([row.public_id for row in rows], kind)
    return [row for row in rows if slugs <= agreed.get(row.public_id, set())]


def _slugs(options: Options, kind: str) -> set[str]:
    asked = ConsentDefinition.objects.filter(
        kind=kind, petition_consents__page_id=options["petition"]
    )
    return set(asked.values_list("slug", flat=True))


def _roll_columns(_options: Options) -> list[object]:
    return [pgettext_lazy("signature", "Number"), _("Name"), _("Region")]


def _roll_records(options: Options, user: User) -> Iterator[Record]:
    """Name and region of who agreed to be listed, numbered; nothing else was agreed to."""
    slugs, number = _slugs(options, "third_party"), 0
    for batch in _batches(_rows(options, user)):
        for row in _listed(batch, "third_party", slugs):
            number += 1
            yield Record(str(row.public_id), [str(number), row.name, row.region.name])


def _count_roll(options: Options, user: User) -> int:
    slugs = _slugs(options, "third_party")
    return sum(len(_listed(batch, "third_party", slugs)) for batch in _plain(options, user))


def _news_columns(_options: Options) -> list[object]:
    return [_("E-mail"), _("Name")]


def _news_readers(rows: list[Signature], slugs: set[str]) -> list[Signature]:
    agreed = _listed(rows, "news", slugs)
    stopped = suppressed_among([row.email_index for row in agreed], bulk=True)
    return [row for row in agreed if bytes(row.email_index) not in stopped]


def _news_records(options: Options, user: User) -> Iterator[Record]:
    slugs = _slugs(options, "news")
    for batch in _batches(_rows(options, user)):
        for row in _news_readers(batch, slugs):
            yield Record(str(row.public_id), [row.email, row.name])


def _count_news(options: Options, user: User) -> int:
    slugs = _slugs(options, "news")
    return sum(len(_news_readers(batch, slugs)) for batch in _plain(options, user))


def _plain(options: Options, user: User) -> Iterator[list[Signature]]:
    """Batches to be counted: nothing of them is decrypted."""
    rows = _rows(options, user).select_related(None)
    return _batches(rows.only("pk", "public_id", "email_index"))


SOURCES = (
    ExportSource(
        name="petitions.roll",
        label=_("Signature roll to hand over"),
        description=_(
            "Number, name and region of those who agreed to be listed; all others count without "
            "being named."
        ),
        permission=PERMISSION,
        data_set=DATA_SET,
        choose=RollChoice,
        columns=_roll_columns,
        count=_count_roll,
        records=_roll_records,
    ),
    ExportSource(
        name="petitions.signatures",
        label=_("Signatures, for checking"),
        description=_("All that was written into the form. For use inside the office only."),
        permission=PERMISSION,
        data_set=DATA_SET,
        choose=StatusChoice,
        columns=_all_columns,
        count=_count_all,
        records=_all_records,
    ),
    ExportSource(
        name="petitions.news",
        label=_("Readers of campaign news"),
        description=_("E-mail and name of those who agreed to news and have not stopped it."),
        permission=PERMISSION,
        data_set=DATA_SET,
        choose=PetitionChoice,
        columns=_news_columns,
        count=_count_news,
        records=_news_records,
    ),
)

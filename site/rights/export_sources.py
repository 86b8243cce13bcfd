"""What laws want kept, as a file for who may ask for it: it leaves through the one export job."""

from collections.abc import Iterator, Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from exports.registry import ExportSource, Record
from privacy.registry import data_set_label

from .dates import told
from .models import RetainedRecord
from .registry import data_sets

BATCH = 500
KEPT = "rights.retained"
RIGHT = "rights.export_retainedrecord"
Options = Mapping[str, object]


def kept_sets() -> list[tuple[str, object]]:
    """Those data sets of which a law wants something kept: name and label."""
    return [(one.name, one.label) for one in data_sets() if one.kept_by_law]


class KeptChoice(forms.Form):
    """Of which data set."""

    data_set = forms.ChoiceField(label=_("Data set"), choices=kept_sets)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own form takes them

    def options(self) -> dict[str, object]:
        return {"data_set": self.cleaned_data["data_set"]}


def _rows(options: Options, user: User) -> "QuerySet[RetainedRecord]":
    """All of one data set; none where the right was taken in the meantime."""
    rows = RetainedRecord.objects.filter(data_set=options["data_set"])
    return rows if user.has_perm(RIGHT) else rows.none()


def _columns(_options: Options) -> list[object]:
    return [
        *(_("Data set"), pgettext_lazy("kept by law", "Number"), _("Title"), _("Content")),
        *(_("Law"), _("Counted from"), pgettext_lazy("data", "Kept until")),
    ]


def _count(options: Options, user: User) -> int:
    return _rows(options, user).count()


def _records(options: Options, user: User) -> Iterator[Record]:
    """By key, so that a long export holds no cursor and reads each batch as it is then."""
    rows, last = _rows(options, user).order_by("pk"), 0
    laws = {one.name: one.kept_by_law for one in data_sets()}
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            law = laws.get(row.data_set)
            yield Record(row.key, _cells(row, str(law.law) if law else ""))


def _cells(row: RetainedRecord, law: str) -> list[str]:
    facts = "; ".join(f"{fact.label}: {fact.value}" for fact in row.facts)
    return [
        *(data_set_label(row.data_set), row.reference, row.title, facts),
        *(law, told(row.counted_from), told(row.kept_until)),
    ]


SOURCES = (
    ExportSource(
        name=KEPT,
        label=_("Data kept by law"),
        description=_("All that a law wants kept of one data set. For a court or an authority."),
        permission=RIGHT,
        data_set=KEPT,
        choose=KeptChoice,
        columns=_columns,
        count=_count,
        records=_records,
    ),
)

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from ..dates import Precision, korean_partial
from ..registry import figure_choices, read_figure, read_table, table_choices
from .loading import PageBlock


class TimelineEntryValue(blocks.StructValue):
    @property
    def when(self):
        return korean_partial(self["day"], self["precision"]) if self.get("day") else ""


class TimelineEntryBlock(blocks.StructBlock):
    day = blocks.DateBlock(label=_("Date"))
    precision = blocks.ChoiceBlock(
        label=_("What is known of the date"), choices=Precision.choices, default=Precision.DAY
    )
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("Explanation"), required=False, max_length=200)
    page = PageBlock(label=_("Read more on"), required=False)

    class Meta:
        icon = "date"
        label = _("Event")
        label_format = "{title}"
        value_class = TimelineEntryValue


class TimelineBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Events"), min_num=1, max_num=60)

    class Meta:
        icon = "history"
        label = pgettext_lazy("block", "Timeline")
        group = _("Numbers and tables")
        description = _("Days or months with what happened.")
        template = "blocks/timeline.html"
        preview_value = {
            "heading": "주요 활동",
            "entries": [
                {
                    "day": date(2026, 3, 1),
                    "precision": "month",
                    "title": "총회에서 기조를 정했습니다",
                },
                {"day": date(2026, 11, 16), "precision": "day", "title": "공동성명을 냈습니다"},
            ],
        }


class NumberValue(blocks.StructValue):
    @property
    def shown(self):
        """What the site counts itself, else what the editor wrote."""
        counted = read_figure(self.get("source"), self.get("year"))
        return self.get("number") if counted is None else counted


class NumberBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=30)
    source = blocks.ChoiceBlock(
        label=_("Counted by the site"), choices=figure_choices, required=False
    )
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=2000, max_value=2100)
    number = blocks.IntegerBlock(
        label=_("Number"), required=False, help_text=_("Where the site does not count it.")
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=6)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=60)

    class Meta:
        icon = "order"
        label = _("Number")
        value_class = NumberValue
        form_layout = blocks.BlockGroup(
            children=["label", "number", "unit", "note"], settings=["source", "year"]
        )


class NumbersBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    as_of = blocks.DateBlock(label=_("As of"), required=False)
    numbers = blocks.ListBlock(NumberBlock(), label=_("Numbers"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        label = _("Numbers")
        group = _("Numbers and tables")
        description = _("Up to six large numbers, counted by the site or written.")
        template = "blocks/numbers.html"
        preview_value = {
            "heading": "숫자로 본 한 해",
            "numbers": [
                {"label": "확인된 서명", "number": 12345, "unit": "명"},
                {"label": "회의", "number": 48, "unit": "회"},
            ],
        }


class BarBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=40)
    number = blocks.IntegerBlock(label=_("Number"), min_value=0)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=40)

    class Meta:
        icon = "minus"
        label = _("Row")


class BarsValue(blocks.StructValue):
    @property
    def rows(self):
        """(label, number, note, percent of the largest), the site's own rows first.

        A row that has no number yet is left out: it is still being written.
        """
        counted = read_table(self.get("source"), self.get("year"))
        bars = (bar for bar in self["bars"] if bar["number"] is not None)
        written = [(bar["label"], bar["number"], bar.get("note") or "") for bar in bars]
        rows = [*counted, *written]
        largest = max((number for _label, number, _note in rows), default=0) or 1
        return [
            (label, number, note, round(100 * number / largest)) for label, number, note in rows
        ]

    @property
    def total(self):
        return sum(row[1] for row in self.rows)


class BarsBlock(blocks.StructBlock):
    """Rows with a number and a bar: meetings per body, shares of the income."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    label_heading = blocks.CharBlock(label=_("Heading of the first column"), max_length=20)
    number_heading = blocks.CharBlock(label=_("Heading of the numbers"), max_length=20)
    note_heading = blocks.CharBlock(label=_("Heading of the notes"), required=False, max_length=20)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=6)
    bars = blocks.ListBlock(BarBlock(), label=_("Rows"), min_num=0, max_num=40, default=[])
    source = blocks.ChoiceBlock(
        label=_("Rows counted by the site"), choices=table_choices, required=False
    )
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=2000, max_value=2100)
    shows_total = blocks.BooleanBlock(label=_("Shows the sum"), required=False, default=True)

    class Meta:
        icon = "table"
        label = _("Table with bars")
        group = _("Numbers and tables")
        description = _("Rows with a number and a bar to compare.")
        template = "blocks/bars.html"
        value_class = BarsValue
        form_layout = blocks.BlockGroup(
            children=["heading", "label_heading", "number_heading", "note_heading", "unit", "bars"],
            settings=["source", "year", "shows_total"],
        )
        preview_value = {
            "heading": "회의 현황",
            "label_heading": "기구",
            "number_heading": "횟수",
            "unit": "회",
            "bars": [
                {"label": "운영위원회", "number": 12},
                {"label": "정책위원회", "number": 11},
            ],
        }


class Progress(TextChoices):
    """How far a demand has come."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    UNDER_REVIEW = "under_review", _("Under review")
    NOT_ADOPTED = "not_adopted", _("Not adopted")


class ProgressRowValue(blocks.StructValue):
    @property
    def progress_label(self):
        progress = self.get("progress")
        return Progress(progress).label if progress in Progress.values else ""


class ProgressRowBlock(blocks.StructBlock):
    demand = blocks.CharBlock(label=_("Demand"), max_length=60)
    so_far = blocks.CharBlock(label=_("So far"), required=False, max_length=120)
    progress = blocks.ChoiceBlock(label=_("Result"), choices=Progress.choices)

    class Meta:
        icon = "tick"
        label = _("Demand")
        value_class = ProgressRowValue


class ProgressTableBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    rows = blocks.ListBlock(ProgressRowBlock(), label=_("Demands"), min_num=1, max_num=40)

    class Meta:
        icon = "tick-inverse"
        label = _("What became of the demands")
        group = _("Numbers and tables")
        description = _("Demands with what came of them so far.")
        template = "blocks/progress_table.html"
        preview_value = {
            "heading": "요구 반영 현황",
            "rows": [
                {
                    "demand": "기본법 제정",
                    "so_far": "법안 발의, 위원회 심사 중",
                    "progress": "under_review",
                }
            ],
        }


class TableBlock(TypedTableBlock):
    """A table with a caption; its cells are texts or numbers."""

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Table")
        group = _("Numbers and tables")
        description = _("Rows and columns; on a phone it can be moved sideways.")
        template = "blocks/table.html"
        preview_value = {
            "columns": [
                {"type": "text", "heading": "항목"},
                {"type": "number", "heading": "작년"},
                {"type": "number", "heading": "올해"},
            ],
            "rows": [{"values": ["회의", 41, 48]}, {"values": ["토론·학습", 12, 16]}],
            "caption": "두 해의 활동",
        }


def make_table_block():
    return TableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.IntegerBlock(label=_("Number"), required=False)),
            (
                "rich_text",
                blocks.RichTextBlock(label=_("Text with links"), features=["bold", "link"]),
            ),
        ]
    )

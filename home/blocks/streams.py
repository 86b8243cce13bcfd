from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .data import (
    BarsBlock,
    NumbersBlock,
    ProgressTableBlock,
    TimelineBlock,
    make_table_block,
)
from .links import CallToActionBlock, PeopleBlock
from .loading import SnippetBlock
from .media import FileListBlock, PhotoStoryBlock, PictureBlock, VideoBlock
from .text import (
    TEXT_FEATURES,
    AskListBlock,
    CallOutBlock,
    HeadingBlock,
    QuoteBlock,
    TextBlock,
)


class ContactBlock(SnippetBlock):
    class Meta:
        icon = "mail"
        label = _("Contact")
        group = _("Actions and people")
        description = _("Whom to ask, from the list of contacts.")
        template = "blocks/contact.html"

    def get_preview_value(self):
        contacts = self.target_model.objects
        return contacts.first() or self.target_model(name="한마루", phone="02-0000-0000")


class BodyStreamBlock(blocks.StreamBlock):
    """The words of a page. Headings start at the second level; no raw HTML."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    quote = QuoteBlock()
    asks = AskListBlock()
    call_out = CallOutBlock()
    picture = PictureBlock()
    photo_story = PhotoStoryBlock()
    file_list = FileListBlock()
    video = VideoBlock()
    timeline = TimelineBlock()
    numbers = NumbersBlock()
    bars = BarsBlock()
    progress_table = ProgressTableBlock()
    table = make_table_block()
    call_to_action = CallToActionBlock()
    people = PeopleBlock()
    contact = ContactBlock("home.Contact")


class Part(TextChoices):
    """The parts of the coalition's reports, in their order."""

    THEME = "theme", _("Theme of the year")
    NUMBERS = "numbers", _("The year in numbers")
    ASSESSMENT = "assessment", _("Assessment")
    ACTIVITIES = "activities", _("Main activities")
    PROJECTS = "projects", _("Projects in detail")
    MEETINGS = "meetings", _("Meetings")
    DEMANDS = "demands", _("What became of the demands")
    FINANCES = "finances", _("Finances")
    TASKS = "tasks", _("Tasks ahead")
    PLAN = "plan", _("Plan for the next year")


class ReportSectionValue(blocks.StructValue):
    @property
    def title(self):
        part = self.get("part")
        return self.get("heading") or (Part(part).label if part in Part.values else "")

    @property
    def anchor(self):
        """Where the contents list leads."""
        return (self.get("part") or "part").replace("_", "-")


class ReportSectionBlock(blocks.StructBlock):
    """One part of a report; the contents list links to it."""

    part = blocks.ChoiceBlock(label=_("Part"), choices=Part.choices)
    heading = blocks.CharBlock(
        label=_("Heading"),
        required=False,
        max_length=60,
        help_text=_("Only where it is not called as the part is."),
    )
    claim = blocks.CharBlock(label=_("In one sentence"), required=False, max_length=120)
    body = BodyStreamBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Part of the report")
        label_format = "{part} {heading}"
        description = _("One part of the report with its own text.")
        template = "blocks/report_section.html"
        value_class = ReportSectionValue
        form_layout = blocks.BlockGroup(children=["part", "claim", "body"], settings=["heading"])
        preview_value = {
            "part": "assessment",
            "claim": "10년 동안 멈춰 있던 기본법이 다시 움직였습니다.",
            "body": [("text", "<p>올해 우리는 법안의 문장을 현장에서 먼저 썼습니다.</p>")],
        }

"""The vocabulary of the pages: what an editor can put into a text.

Migrations name blocks by this module, so all of them can be found here.
"""

from .data import (
    BarsBlock,
    NumbersBlock,
    Progress,
    ProgressTableBlock,
    TableBlock,
    TimelineBlock,
    TimelineEntryBlock,
)
from .links import CallToActionBlock, LinkBlock, PeopleBlock
from .media import (
    FileBlock,
    FileListBlock,
    FileVersionBlock,
    PhotoStoryBlock,
    PictureBlock,
    VideoBlock,
)
from .streams import BodyStreamBlock, ContactBlock, Part, ReportSectionBlock
from .text import (
    AskBlock,
    AskListBlock,
    CallOutBlock,
    HeadingBlock,
    QuestionBlock,
    QuoteBlock,
    TextBlock,
)

__all__ = [
    "AskBlock",
    "AskListBlock",
    "BarsBlock",
    "BodyStreamBlock",
    "CallOutBlock",
    "CallToActionBlock",
    "ContactBlock",
    "FileBlock",
    "FileListBlock",
    "FileVersionBlock",
    "HeadingBlock",
    "LinkBlock",
    "NumbersBlock",
    "Part",
    "PeopleBlock",
    "PhotoStoryBlock",
    "PictureBlock",
    "Progress",
    "ProgressTableBlock",
    "QuestionBlock",
    "QuoteBlock",
    "ReportSectionBlock",
    "TableBlock",
    "TextBlock",
    "TimelineBlock",
    "TimelineEntryBlock",
    "VideoBlock",
]

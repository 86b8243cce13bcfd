import re
from pathlib import PurePath
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from ..validators import validate_https
from .examples import example_document, example_picture
from .loading import AnyPictureBlock, DocumentBlock

# Word processors that most phones and screen readers can't open.
HWP_ENDINGS = (".hwp", ".hwpx")


class PictureBlock(AnyPictureBlock):
    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture in the width of the text, with its credit.")
        group = _("Pictures and files")
        template = "blocks/picture.html"

    def get_preview_value(self):
        return self.to_python(example_picture())


class StoryPictureBlock(blocks.StructBlock):
    picture = AnyPictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        label=pgettext_lazy("picture", "Caption"), required=False, max_length=200
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class PhotoStoryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    pictures = blocks.ListBlock(StoryPictureBlock(), label=_("Pictures"), min_num=1, max_num=30)

    class Meta:
        icon = "image"
        label = _("Photo story")
        group = _("Pictures and files")
        description = _("Several pictures with their captions; the first one is large.")
        template = "blocks/photo_story.html"

    def get_preview_value(self):
        picture = {"picture": example_picture(), "caption": "기자회견을 마치고 함께 섰습니다"}
        return self.to_python({"heading": "그날의 사진", "pictures": [picture] * 3})


class FileValue(blocks.StructValue):
    @property
    def documents(self):
        """What can be downloaded, the PDF first; a file chosen twice is named once."""
        return list(dict.fromkeys(file for file in (self.get("pdf"), self.get("document")) if file))


class FileBlock(blocks.StructBlock):
    """A file to download. An HWP file is asked for a PDF of the same content."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    document = DocumentBlock(label=_("File"))
    pdf = DocumentBlock(
        label=_("The same as PDF"),
        required=False,
        help_text=_("For an HWP or HWPX file: phones and screen readers open the PDF."),
    )
    no_pdf_reason = blocks.CharBlock(
        label=_("Why there is no PDF"),
        required=False,
        max_length=80,
        help_text=_("For example: a form to be filled in."),
    )

    class Meta:
        icon = "doc-full"
        label = _("File")
        label_format = "{title}"
        value_class = FileValue
        form_layout = blocks.BlockGroup(
            children=["title", "document", "pdf"], settings=["no_pdf_reason"]
        )

    def clean(self, value):
        cleaned = super().clean(value)
        document = cleaned.get("document")
        ending = PurePath(document.file.name).suffix.lower() if document else ""
        if ending in HWP_ENDINGS and not cleaned.get("pdf") and not cleaned.get("no_pdf_reason"):
            message = _("Add the same content as PDF, or say in the settings why there is none.")
            raise blocks.StructBlockValidationError({"pdf": ValidationError(message)})
        return cleaned


class FileVersionBlock(FileBlock):
    """One version of a resource: what changed, and since when it is valid."""

    version = blocks.CharBlock(label=_("Version"), required=False, max_length=30)
    dated_on = blocks.DateBlock(label=_("Date"), required=False)
    changes = blocks.CharBlock(label=_("What changed"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("File version")
        label_format = "{title} {version}"
        value_class = FileValue
        form_layout = blocks.BlockGroup(
            children=["title", "document", "pdf", "version", "dated_on", "changes"],
            settings=["no_pdf_reason"],
        )


class FileListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    files = blocks.ListBlock(FileBlock(), label=_("Files"), min_num=1, max_num=40)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Files to download")
        group = _("Pictures and files")
        description = _("Files with their format and size.")
        template = "blocks/file_list.html"

    def get_preview_value(self):
        file = {"title": "정책 요구안", "document": example_document()}
        return self.to_python({"heading": "자료", "files": [file]})


PLAYERS = (
    (
        r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/|live/)|youtu\.be/)([\w-]{6,20})",
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1&rel=0",
    ),
    (r"vimeo\.com/(?:video/)?(\d{5,12})", "https://player.vimeo.com/video/{}?autoplay=1&dnt=1"),
)


class VideoValue(blocks.StructValue):
    @property
    def player_url(self):
        """The player that a press loads; empty where the content policy lets none in."""
        for pattern, player in PLAYERS:
            found = re.match(rf"https?://(?:[a-z]+\.)?{pattern}", self.get("url") or "")
            if found:
                return player.format(found[1])
        return ""

    @property
    def host(self):
        return urlsplit(self.get("url") or "").hostname or ""


class VideoBlock(blocks.StructBlock):
    """A video elsewhere. Nothing is loaded from there before the visitor presses."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    url = blocks.URLBlock(label=_("Address of the video"), validators=[validate_https])
    poster = AnyPictureBlock(label=_("Still picture"), required=False)
    minutes = blocks.IntegerBlock(
        label=_("Length in minutes"), required=False, min_value=1, max_value=600
    )
    transcript = blocks.RichTextBlock(
        label=_("What is said"),
        required=False,
        features=["bold", "ol", "ul"],
        help_text=_("For people who can't hear it. Not needed where the video has captions."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Pictures and files")
        description = _("A video on YouTube, Vimeo or elsewhere; it is loaded when pressed.")
        template = "blocks/video.html"
        value_class = VideoValue
        form_layout = blocks.BlockGroup(
            children=["title", "url", "poster", "transcript"], settings=["minutes"]
        )
        preview_value = {
            "title": "사회적경제기본법 3분 설명",
            "url": "https://example.org/video",
            "minutes": 3,
        }

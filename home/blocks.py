from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h3", "bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = "왜 지금입니까"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        preview_value = "<p>협동조합과 사회적기업은 서로 다른 법 아래 흩어져 있습니다.</p>"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Sentence"), rows=2)
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Highlighted sentence")
        template = "blocks/quote.html"


class AskBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.CharBlock(label=_("Explanation"), required=False, max_length=160)

    class Meta:
        icon = "list-ol"
        label = _("Ask")


class AskListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    asks = blocks.ListBlock(AskBlock(), label=_("Asks"), min_num=1, max_num=10)

    class Meta:
        icon = "list-ol"
        label = _("Numbered asks")
        template = "blocks/ask_list.html"


class PictureBlock(ImageBlock):
    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class BodyStreamBlock(blocks.StreamBlock):
    """The words of a page. Headings start at the second level; no raw HTML."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    quote = QuoteBlock()
    asks = AskListBlock()
    picture = PictureBlock()

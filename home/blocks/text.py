from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["h3", "h4", "bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        description = _("Begins a part of the text.")
        template = "blocks/heading.html"
        preview_value = "왜 지금입니까"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = "<p>협동조합과 사회적기업은 서로 다른 법 아래 흩어져 있습니다.</p>"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Sentence"), rows=2)
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Highlighted sentence")
        group = _("Text")
        description = _("One sentence that stands out.")
        template = "blocks/quote.html"
        preview_value = {"text": "법이 늦어질수록 지역이 먼저 지칩니다.", "source": "김연대"}


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
        group = _("Text")
        description = _("Asks or tasks with large numbers.")
        template = "blocks/ask_list.html"
        preview_value = {
            "heading": "남은 과제",
            "asks": [
                {"title": "기본법 본회의 의결과 시행령 준비"},
                {"title": "돌봄 위탁 기준 협의", "text": "지역마다 다른 기준을 하나로 맞춥니다."},
            ],
        }


class CallOutBlock(blocks.StructBlock):
    """A note that stands apart from the text."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("warning", _("Take care"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link", "ul"])

    class Meta:
        icon = "info-circle"
        label = _("Note")
        group = _("Text")
        description = _("A note or a warning beside the text.")
        template = "blocks/call_out.html"
        form_layout = blocks.BlockGroup(children=["title", "text"], settings=["kind"])
        preview_value = {
            "kind": "info",
            "title": "이 서명은 국회 국민동의청원이 아닙니다",
            "text": "<p>연대회의가 모아 국회에 전달하는 촉구 서명입니다.</p>",
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=100)
    answer = blocks.RichTextBlock(label=_("Answer"), features=["bold", "ul", "link"])

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .loading import PageBlock


class LinkBlock(blocks.StructBlock):
    """A page of this site, with its title unless another label is given."""

    page = PageBlock(label=_("Page"))
    label = blocks.CharBlock(label=_("Label"), required=False, max_length=30)

    class Meta:
        icon = "link"
        label = _("Link")


class LinkTargetValue(blocks.StructValue):
    @property
    def target(self):
        """The live page's address, else the outside one, else nothing."""
        page = self.get("page")
        return page.url if page and page.live else self.get("url", "")

    @property
    def leaves_site(self):
        return not self.get("page") and bool(self.get("url"))


class CallToActionBlock(blocks.StructBlock):
    """One thing to do, here or on another site; not shown while its page is hidden."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.CharBlock(label=_("Explanation"), required=False, max_length=160)
    page = PageBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address outside this site"), required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=20)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = _("Actions and people")
        description = _("One thing to do, with a button.")
        template = "blocks/call_to_action.html"
        value_class = LinkTargetValue
        preview_value = {
            "title": "사회적경제기본법을 올해 안에 의결해 주십시오",
            "text": "이름과 이메일만 있으면 1분 안에 마칠 수 있습니다.",
            "url": "https://example.org/",
            "label": "서명하기",
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("url"):
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or give an address outside this site."))}
            )
        return cleaned


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=40)
    affiliation = blocks.CharBlock(label=_("Affiliation"), required=False, max_length=80)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=40)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1, max_num=60)

    class Meta:
        icon = "group"
        label = _("People")
        group = _("Actions and people")
        description = _("Speakers, members or signatories with their roles.")
        template = "blocks/people.html"
        preview_value = {
            "heading": "토론자",
            "people": [
                {"name": "김연대", "affiliation": "가온돌봄협동조합", "role": "발제"},
                {"name": "박협동", "affiliation": "한빛협동조합연합회", "role": "토론"},
            ],
        }

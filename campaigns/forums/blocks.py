from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks


class Help(models.TextChoices):
    """What somebody may need to know before coming; each has its icon."""

    WHEELCHAIR = "wheelchair", pgettext_lazy("accessibility", "Wheelchair access")
    SIGN_LANGUAGE = "sign_language", pgettext_lazy("accessibility", "Sign language")
    CAPTIONS = "captions", pgettext_lazy("accessibility", "Live captions")
    PARKING = "parking", pgettext_lazy("accessibility", "Parking")
    MEAL = "meal", pgettext_lazy("accessibility", "Meal")
    CHILDCARE = "childcare", pgettext_lazy("accessibility", "Childcare")
    OTHER = "other", pgettext_lazy("accessibility", "Other help")


ICONS = {
    Help.WHEELCHAIR: "wheelchair",
    Help.SIGN_LANGUAGE: "hand",
    Help.CAPTIONS: "message",
    Help.PARKING: "parking",
    Help.MEAL: "meal",
    Help.CHILDCARE: "people",
    Help.OTHER: "info",
}


class HelpValue(blocks.StructValue):
    @property
    def icon(self):
        return ICONS[self["kind"]]

    @property
    def label(self):
        return Help(self["kind"]).label


class HelpBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=pgettext_lazy("accessibility", "About"), choices=Help.choices)
    text = blocks.CharBlock(
        label=_("In a few words"), max_length=80, help_text=_("1층 경사로, 승강기")
    )

    class Meta:
        icon = "help"
        label = pgettext_lazy("accessibility", "Note")
        value_class = HelpValue

    def get_preview_value(self):
        return self.to_python({"kind": Help.WHEELCHAIR, "text": "1층 경사로, 승강기"})

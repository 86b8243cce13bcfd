import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from home.network.models import Region

from ..models import PetitionPage, Signature


class SignatureFilterSet(WagtailFilterSet):
    """Each filter is one plain condition: DISTINCT over a million rows would take minutes."""

    petition = django_filters.ModelChoiceFilter(
        label=_("Petition"), queryset=PetitionPage.objects.only("title").order_by("-pk")
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        choices=Signature.Status.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    comment_status = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("signature", "Comment"),
        choices=Signature.CommentStatus.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=Region.objects.provinces()
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Signature
        fields = []

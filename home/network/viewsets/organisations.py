import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ..models import Organisation, Region
from .rows import KeptIndexView, KeptViewSet

STATES = {
    "member": lambda organisations: organisations.members(),
    "partner": lambda organisations: organisations.partners(),
    "left": lambda organisations: organisations.exclude(left_on=None),
}


class OrganisationFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Membership"),
        choices=[
            ("member", pgettext_lazy("membership", "Member")),
            ("partner", pgettext_lazy("membership", "Partner")),
            ("left", pgettext_lazy("membership", "Left")),
        ],
        method="filter_state",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Organisation.Kind.choices)
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=Region.objects.sign_choices()
    )

    class Meta:
        model = Organisation
        fields = ["state", "kind", "sector", "region"]

    def filter_state(self, organisations, _name, state):
        return STATES[state](organisations)


class OrganisationIndexView(KeptIndexView):
    def get_base_queryset(self):
        return Organisation.objects.in_order().select_related("sector", "region")


class OrganisationViewSet(KeptViewSet):
    model = Organisation
    name = "organisations"
    icon = "group"
    menu_label = _("Organisations")
    instead_of_deleting = _("Enter the day on which it left; then it shows no more.")
    index_view_class = OrganisationIndexView
    filterset_class = OrganisationFilterSet
    search_fields = ["name", "representative", "summary"]
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("sector", label=_("Sector"), accessor=lambda one: one.sector or "-"),
        Column("region", label=_("Region"), accessor="place"),
        Column(
            "affiliates", label=_("Organisations in it"), accessor=lambda one: one.affiliates or "-"
        ),
        Column("membership", label=_("Membership"), accessor="membership"),
    ]

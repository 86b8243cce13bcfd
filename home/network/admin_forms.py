from wagtail.admin.forms import WagtailAdminModelForm

from accounts.services.scopes import reach_of


class MeetingForm(WagtailAdminModelForm):
    """Offers those bodies only whose meetings the person may keep."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        verb = "change" if self.instance.pk else "add"
        reach = reach_of(self.for_user, f"network.{verb}_meeting") if self.for_user else None
        if reach and not reach.everywhere:
            own = self.fields["body"].queryset.filter(pk__in=reach.within.get("body", ()))
            self.fields["body"].queryset = own

from wagtail.admin.forms import WagtailAdminModelForm


class ConsentDefinitionForm(WagtailAdminModelForm):
    """The short name is part of forms, records and addresses, so it stays once it is chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True

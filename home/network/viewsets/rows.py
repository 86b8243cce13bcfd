"""What the lists that staff keep by hand have in common."""

from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyRel
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

READ = ("view", "change")


def uses(row):
    """What refers to a row, apart from its own parts: (kind of thing, how many)."""
    counts = {}
    for relation in row._meta.related_objects:
        if isinstance(relation.field, ParentalKey) or _is_soft(relation):
            continue
        name = relation.related_model._meta.verbose_name
        number = relation.related_model._base_manager.filter(**{relation.field.name: row}).count()
        counts[name] = counts.get(name, 0) + number
    return [(name, number) for name, number in counts.items() if number]


def _is_soft(relation):
    """Emptied or deleted along without a loss, as Wagtail's own indexes are."""
    return not isinstance(relation, ManyToManyRel) and relation.on_delete.__name__ != "PROTECT"


class KeptIndexView(generic.IndexView):
    # Wagtail answers ?export= on every list, allowed or not.
    FORMATS = ()


class OwnRowMixin:
    """Opens a row only to whom rights on it were given, wherever they are limited."""

    def get_object(self, *args, **kwargs):
        row = super().get_object(*args, **kwargs)
        policy = self.permission_policy
        if not policy.user_has_any_permission_for_instance(self.request.user, READ, row):
            raise PermissionDenied
        return row


class KeptDeleteView(generic.DeleteView):
    """Deletes what nothing else needs; otherwise says what needs it, and what to do instead."""

    instead = ""

    def get(self, request, *args, **kwargs):
        return self._refuse() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._refuse() or super().post(request, *args, **kwargs)

    def _refuse(self):
        if not (used := uses(self.object)):
            return None
        values = {
            "name": self.object,
            "uses": ", ".join(f"{name} {number}" for name, number in used),
            "instead": self.instead,
        }
        told = _("“%(name)s” was not deleted. It is still used (%(uses)s). %(instead)s") % values
        messages.error(self.request, told)
        return redirect(self.edit_url_name, self.object.pk)


class KeptViewSet(ModelViewSet):
    index_view_class = KeptIndexView
    delete_view_class = KeptDeleteView
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50
    instead_of_deleting = ""

    def get_delete_view_kwargs(self, **kwargs):
        return super().get_delete_view_kwargs(
            edit_url_name=self.get_url_name("edit"), instead=self.instead_of_deleting, **kwargs
        )

"""The monthly review: what the month held, what is unusual, one button."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from ..admin_forms import AccessReviewForm
from ..dates import month_of
from ..exceptions import AlreadySignedOffError, MonthNotOverError
from ..models import AccessReview
from ..presenters import MonthReport, month_name, note_of
from ..services import months_to_review, sign_off_month
from .access import LookAtLogMixin

MONTHS_SHOWN = 36
SIGN_OFF = "privacy.add_accessreview"


class ReviewIndexView(LookAtLogMixin, PermissionCheckedMixin, View):
    model = AccessReview
    any_permission_required = ["view"]
    month_url_name = None
    http_method_names = ["get"]

    def get(self, request):
        reviews = AccessReview.objects.select_related("reviewer").defer("note").order_by("-month")
        this_month = month_of(timezone.now())
        context = {
            "page_title": _("Monthly reviews"),
            "header_icon": "calendar-check",
            "waiting": [self._line(month) for month in reversed(months_to_review())],
            "running": self._line(this_month),
            "reviews": [(review, self._line(review.month)) for review in reviews[:MONTHS_SHOWN]],
        }
        return TemplateResponse(request, "privacy/admin/reviews.html", context)

    def _line(self, month):
        url = reverse(self.month_url_name, args=[month.year, month.month])
        return {"name": month_name(month), "url": url}


class ReviewMonthView(LookAtLogMixin, PermissionCheckedMixin, View):
    """GET shows a month, POST signs it off."""

    model = AccessReview
    any_permission_required = ["view"]
    month_url_name = index_url_name = None
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, year, month, **kwargs):
        try:
            self.month = date(year, month, 1)
        except ValueError as error:
            raise Http404 from error
        if self.month > month_of(timezone.now()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._show(AccessReviewForm())

    def post(self, request):
        if not request.user.has_perm(SIGN_OFF):
            raise PermissionDenied
        form = AccessReviewForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            sign_off_month(self.month, reviewer=request.user, note=form.cleaned_data["note"])
        except MonthNotOverError:
            messages.error(request, _("A month can be signed off once it is over."))
        except AlreadySignedOffError:
            messages.error(request, _("Somebody signed this month off before you."))
        else:
            told = _("%(month)s is signed off.") % {"month": month_name(self.month)}
            messages.success(request, told)
        return redirect(self.month_url_name, self.month.year, self.month.month)

    def _show(self, form):
        reviews = AccessReview.objects.select_related("reviewer").defer("note")
        review = reviews.filter(pk=self.month).first()
        is_over = self.month < month_of(timezone.now())
        context = {
            "page_title": _("Access log of %(month)s") % {"month": month_name(self.month)},
            "header_icon": "calendar-check",
            "report": MonthReport(self.month),
            "review": review,
            "note": note_of(review),
            "is_over": is_over,
            "can_sign": is_over and review is None and self.request.user.has_perm(SIGN_OFF),
            "form": form,
            "index_url": reverse(self.index_url_name),
        }
        return TemplateResponse(self.request, "privacy/admin/review.html", context)


class ReviewViewSet(ModelViewSet):
    """Months of the access log, signed off one by one."""

    model = AccessReview
    name = "access-reviews"
    icon = "calendar-check"
    menu_label = gettext_lazy("Monthly reviews")
    add_to_reference_index = False
    form_fields = []

    def get_common_view_kwargs(self, **kwargs):
        return {
            **super().get_common_view_kwargs(**kwargs),
            "month_url_name": self.get_url_name("month"),
        }

    def register_admin_url_finder(self):
        """There is no page on which a review could be edited."""

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ReviewIndexView), name="index"),
            path("<int:year>/<int:month>/", self.construct_view(ReviewMonthView), name="month"),
        ]

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from home.views import show_page

handler400 = "home.views.bad_request"
handler500 = "home.views.server_error"


def serve_media(request, path):
    """An uploaded file, as a proxy gives it in production."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)


urlpatterns = [
    path("", include("accounts.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("", include("petitions.urls")),
    path("", include("payments.urls")),
    path("", include("campaigns.forums.urls")),
    path("", include("campaigns.pledges.urls")),
    path("", include("schedule.urls")),
    path("", include("evidence.urls")),
    path("", include("home.urls")),
    path("", include("messaging.urls")),
    path("", include("rights.urls")),
    re_path(wagtail_urls.serve_pattern, show_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
if settings.SERVE_MEDIA:
    urlpatterns.insert(0, re_path(r"^media/(?P<path>.+)$", serve_media))

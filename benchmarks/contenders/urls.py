from django.urls import include, re_path

from . import views

PAGE = r"(?P<page_path>[-\w/]{1,400})"

urlpatterns = [
    re_path(rf"^floor/{PAGE}/sign/$", views.sign_without_database),
    re_path(rf"^floor/{PAGE}/apply/$", views.register_without_database),
    re_path(rf"^naive/{PAGE}/sign/$", views.sign_naively),
    re_path(rf"^naive/{PAGE}/$", views.read_naively),
    re_path(r"", include("config.urls")),
]

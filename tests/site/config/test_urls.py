from django.conf import settings
from django.urls import resolve
from django.views.static import serve


def test_uploaded_pictures_are_served_without_a_proxy():
    match = resolve("/media/images/plait.width-400.webp")

    assert match.func is serve
    assert match.kwargs["document_root"] == settings.MEDIA_ROOT

from django.urls import path, re_path

from . import views

app_name = "petitions"

PAGE = r"^(?P<page_path>[-\w/]{1,400})"

# In this order: what a campaign's rush asks for is found first.
urlpatterns = [
    re_path(rf"{PAGE}/sign/$", views.sign, name="sign-petition"),
    re_path(rf"{PAGE}/count\.json$", views.count, name="show-count"),
    re_path(rf"{PAGE}/share/$", views.share, name="share-petition"),
    re_path(rf"{PAGE}/check-mail/$", views.check_mail, name="check-mail"),
    re_path(rf"{PAGE}/check-mail/resend/$", views.resend, name="resend-confirmation"),
    re_path(rf"{PAGE}/check-mail/correct/$", views.correct, name="correct-address"),
    path("t/c/<str:token>/", views.confirm, name="confirm-signature"),
    path("t/c/<str:token>/discard/", views.discard, name="discard-signature"),
    path("t/s/<str:token>/", views.show_signature, name="show-signature"),
    path("t/s/<str:token>/certificate/", views.show_certificate, name="show-certificate"),
    path("t/s/<str:token>/withdraw/", views.withdraw, name="withdraw-signature"),
    path("t/s/<str:token>/not-mine/", views.deny_own, name="deny-own-signature"),
    path("t/k/<str:token>/", views.continue_signing, name="continue-signing"),
    path("t/d/<str:token>/", views.deny, name="deny-signature"),
]

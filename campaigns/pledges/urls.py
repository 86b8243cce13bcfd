from django.urls import path

from . import views
from .views import checking, contacts, seals

app_name = "pledges"

LINK = "t/g/<str:token>/"

urlpatterns = [
    path("verify/file/", checking.check_file, name="check-file"),
    path("verify/why/", seals.explain_seal, name="explain-seal"),
    path("verify/root.cer", seals.download_root, name="download-root"),
    path("verify/root.crl", seals.download_revocations, name="download-revocations"),
    path("pledges/contact/<uuid:public_id>/", contacts.enter_contact, name="own-contact"),
    path("t/g/-/back/", views.hand_back, name="hand-back"),
    path(LINK, views.open_invitation, name="open-invitation"),
    path(f"{LINK}code/", views.enter_code, name="enter-code"),
    path(f"{LINK}wrong/", views.refuse_contact, name="refuse-contact"),
    path(f"{LINK}answers/", views.show_answers, name="show-answers"),
    path(f"{LINK}answers/<int:place>/", views.answer, name="answer"),
    path(f"{LINK}all/", views.read_all, name="read-all"),
    path(f"{LINK}decline/", views.decline, name="decline"),
    path(f"{LINK}signature/", views.sign, name="sign"),
    path(f"{LINK}delegate/", views.delegate, name="delegate"),
    path(f"{LINK}withdrawal/", views.withdraw, name="withdraw"),
    path(f"{LINK}agreement.pdf", views.download_agreement, name="download-agreement"),
    path(f"{LINK}done/", views.show_done, name="show-done"),
]

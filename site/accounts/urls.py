"""Every door of the staff. Names without ``app:`` are those by which django-allauth asks for them.

They stand before Wagtail's addresses, and take the place of its own log-in forms.
"""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("admin/login/", views.StaffLoginView.as_view(), name="account_login"),
    path("admin/login/code/", views.StaffFactorView.as_view(), name="mfa_authenticate"),
    path("admin/login/again/", views.PasswordAgainView.as_view(), name="account_reauthenticate"),
    path("admin/login/again/code/", views.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path(
        "admin/login/again/passkey/",
        views.PasskeyAgainView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("admin/activity/", views.activity, name="activity"),
    path("admin/back/", views.back_again, name="back_again"),
    path("admin/second-factor/", views.FactorsView.as_view(), name="mfa_index"),
    path("admin/second-factor/app/", views.AddAppView.as_view(), name="mfa_activate_totp"),
    path(
        "admin/second-factor/app/remove/",
        views.RemoveAppView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("admin/second-factor/passkey/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "admin/second-factor/passkey/<int:pk>/remove/",
        views.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "admin/second-factor/codes/",
        views.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "admin/second-factor/codes/new/",
        views.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("admin/password_reset/", views.forgotten_password, name="forgotten_password"),
    path("t/p/<str:token>/", views.set_password, name="set_password"),
    path("t/i/<str:token>/", views.accept_invitation, name="accept_invitation"),
    # Wagtail's own doors.
    re_path(r"^admin/password_reset/.", views.lead_to_login),
    path("_util/login/", views.lead_to_login),
]

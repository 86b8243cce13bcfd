from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [
    path("verify/", views.show_ways, name="show-ways"),
    path("verify/log/", views.show_heads, name="show-heads"),
    path("verify/log/<int:year>/", views.show_heads, name="show-heads-of-year"),
    path("verify/log/heads.json", views.download_json, name="download-json"),
    path("verify/log/heads.txt", views.download_text, name="download-text"),
    path("verify/log/verifier.py", views.download_verifier, name="download-verifier"),
]

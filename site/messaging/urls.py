from django.urls import path

from . import views

app_name = "messaging"
urlpatterns = [path("t/u/<str:token>/", views.stop_news, name="stop-news")]

from django.urls import path

from . import views

app_name = "home"
urlpatterns = [path("robots.txt", views.robots, name="show-robots")]

from django.urls import path

from . import views

app_name = "rights"

MINE = "t/m/<str:token>/"
ROW = f"{MINE}<str:data_set>/<str:key>/"

urlpatterns = [
    path("my/", views.ask, name="ask"),
    path("my/sent/", views.check_mail, name="check-mail"),
    path("my/request/", views.lodge, name="lodge-request"),
    path("my/request/received/", views.lodged, name="show-lodged"),
    path("breaches/<uuid:public_id>/", views.show_breach, name="show-breach"),
    path(MINE, views.show, name="show-mine"),
    path(f"{MINE}download/json/", views.download, {"form": "json"}, name="download-json"),
    path(f"{MINE}download/html/", views.download, {"form": "html"}, name="download-html"),
    path(f"{MINE}news/", views.change_news, name="change-news"),
    path(f"{MINE}address/", views.ask_for_move, name="change-address"),
    path(f"{MINE}request/", views.lodge_own, name="lodge-own-request"),
    path(f"{MINE}erase/", views.erase_all, name="erase-all"),
    path(f"{MINE}undo/", views.undo, name="undo-correction"),
    path(f"{ROW}correct/", views.correct, name="correct"),
    path(f"{ROW}consents/", views.choose, name="choose-consents"),
    path(f"{ROW}leave/", views.leave, name="leave"),
    path("t/a/<str:token>/", views.confirm_move, name="confirm-address"),
]

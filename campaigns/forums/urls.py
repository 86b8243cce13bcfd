from django.urls import path, re_path

from . import views

app_name = "forums"

PAGE = r"^(?P<page_path>[-\w/]{1,400})"

urlpatterns = [
    path("door/", views.show_door, name="door"),
    path("door/walk-in/", views.enter_walk_in, name="walk-in"),
    path("door/list/", views.send_list, name="door-list"),
    path("door/admissions/", views.hear_admissions, name="door-admissions"),
    path("door/shell/", views.show_shell, name="door-shell"),
    path("door/worker.js", views.send_worker, name="door-worker"),
    path("t/b/<str:token>/", views.enrol_phone, name="enrol-phone"),
    # Before the pages: a secret is no path to one.
    path("t/f/<str:token>/", views.open_invitation, name="open-invitation"),
    path("t/o/<str:token>/", views.show_order, name="show-order"),
    path("t/o/<str:token>/depositor/", views.change_depositor, name="change-depositor"),
    path("t/o/<str:token>/calendar.ics", views.show_order_calendar, name="show-order-calendar"),
    path("t/o/<str:token>/card/", views.pay_by_card, name="pay-by-card"),
    path("t/o/<str:token>/card/check/", views.check_card, name="check-card"),
    path("t/o/<str:token>/card/transfer/", views.leave_card, name="leave-card"),
    path("t/o/<str:token>/cancel/", views.cancel, name="cancel-order"),
    path("t/o/<str:token>/tickets/<int:number>/", views.open_ticket, name="open-ticket"),
    path("t/o/<str:token>/attendees/<int:number>/", views.change_attendee, name="change-attendee"),
    path("t/o/<str:token>/papers/<slug:kind>.pdf", views.download_paper, name="download-paper"),
    path("t/e/<str:token>/", views.show_ticket, name="show-ticket"),
    path("t/e/<str:token>/ticket.pdf", views.download_ticket, name="download-ticket"),
    path("t/e/<str:token>/ticket.ics", views.download_calendar, name="download-calendar"),
    path("t/e/<str:token>/attendance.pdf", views.download_attendance, name="download-attendance"),
    path("t/w/<str:token>/", views.show_waiting, name="show-waiting"),
    path("t/w/<str:token>/accept/", views.accept, name="accept-offer"),
    path("t/w/<str:token>/decline/", views.decline, name="decline-offer"),
    path("t/w/<str:token>/leave/", views.leave, name="leave-list"),
    re_path(rf"{PAGE}/seats\.json$", views.seats, name="show-seats"),
    re_path(rf"{PAGE}/events\.ics$", views.events, name="show-events"),
    re_path(rf"{PAGE}/calendar\.ics$", views.calendar, name="show-calendar"),
    re_path(rf"{PAGE}/apply/$", views.apply, name="apply"),
    re_path(rf"{PAGE}/wait/$", views.wait, name="wait"),
    re_path(rf"{PAGE}/apply/member/$", views.ask_for_link, name="ask-for-link"),
]

from django.urls import path

from .views.webhooks import hear_stripe

app_name = "payments"

urlpatterns = [path("webhooks/stripe/", hear_stripe, name="hear-stripe")]

from django.urls import path

from kit.mail.events import events

app_name = "mail"
urlpatterns = [
    path("events/", events, name="events"),
    path("events", events, name="events_bare"),  # providers count a redirect as a failure
]

from django.urls import path

from jobs.views import job, personal

app_name = "jobs"
urlpatterns = [
    path("jobs/hidden/", personal.hidden, name="hidden"),
    path("jobs/visited/", personal.visited, name="visited"),
    path("jobs/<int:pk>/hide/", personal.hide, name="hide"),
    path("jobs/<int:pk>/unhide/", personal.unhide, name="unhide"),
    path("jobs/<int:pk>/seen/", personal.seen, name="seen"),
    path("jobs/<int:pk>-<slug:slug>/", job.detail, name="detail"),
]

from django.urls import path

from jobs.views import job

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:pk>-<slug:slug>/", job.detail, name="detail"),
]

from django.urls import path

from jobs.views import job, report, temporary

app_name = "jobs"
urlpatterns = [
    path("jobs/", temporary.job_list, name="list"),
    path("jobs/<int:pk>-<slug:slug>/", job.detail, name="detail"),
    path("jobs/<int:pk>-<slug:slug>/report/", report.report, name="report"),
]

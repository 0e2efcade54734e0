from django.urls import path

from jobs.views import applications, applying, job, leaving

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:pk>-<slug:slug>/", job.detail, name="detail"),
    path("jobs/<int:pk>-<slug:slug>/apply/", applying.apply, name="apply"),
    path("jobs/leaves/", leaving.leave_count, name="leave_count"),
    path("jobs/applications/<int:pk>/", applications.application, name="application"),
    path("jobs/applications/<int:pk>/resume/", applications.application_file, name="application_file"),
    path("jobs/applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
]

from django.urls import path

from jobs.views import applications, applying, job, leaving, personal, report, search

app_name = "jobs"
urlpatterns = [
    path("jobs/", search.job_list, name="list"),
    path("jobs/feed.atom", search.job_feed, name="feed"),
    path("jobs/search.json", search.job_json, name="json"),
    path("jobs/hidden/", personal.hidden, name="hidden"),
    path("jobs/visited/", personal.visited, name="visited"),
    path("jobs/<int:pk>/hide/", personal.hide, name="hide"),
    path("jobs/<int:pk>/unhide/", personal.unhide, name="unhide"),
    path("jobs/<int:pk>/seen/", personal.seen, name="seen"),
    path("jobs/<int:pk>-<slug:slug>/", job.detail, name="detail"),
    path("jobs/<int:pk>-<slug:slug>/report/", report.report, name="report"),
    path("jobs/<int:pk>-<slug:slug>/apply/", applying.apply, name="apply"),
    path("jobs/leaves/", leaving.leave_count, name="leave_count"),
    path("jobs/applications/<int:pk>/", applications.application, name="application"),
    path("jobs/applications/<int:pk>/resume/", applications.application_file, name="application_file"),
    path("jobs/applications/<int:pk>/withdraw/", applications.application_withdraw, name="application_withdraw"),
]

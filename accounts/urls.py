from django.urls import include, path

from accounts.views import account, bookmarks, chosen, dashboard, job_ads, job_bookmarks, labels, notifications, preferences, skills

app_name = "accounts"
urlpatterns = [
    path("", include("accounts.tracker_urls")),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("saved/", bookmarks.saved, name="saved"),
    path("saved/guides/chosen/", chosen.guides_chosen, name="guides_chosen"),
    path("saved/guides/restore/", chosen.guides_restore, name="guides_restore"),
    path("saved/guides/<slug:slug>/start/", bookmarks.bookmark_start, name="bookmark_start"),
    path("saved/guides/<slug:slug>/save/", bookmarks.bookmark_save, name="bookmark_save"),
    path("saved/guides/<slug:slug>/remove/", bookmarks.bookmark_remove, name="bookmark_remove"),
    path("saved/guides/<slug:slug>/note/", bookmarks.bookmark_note, name="bookmark_note"),
    path("saved/jobs/", job_bookmarks.saved_jobs, name="saved_jobs"),
    path("saved/jobs/chosen/", chosen.jobs_chosen, name="jobs_chosen"),
    path("saved/jobs/restore/", chosen.jobs_restore, name="jobs_restore"),
    path("saved/jobs/compare/", job_ads.compare, name="jobs_compare"),
    path("saved/jobs/<int:pk>/ad/", job_ads.ad, name="job_ad"),
    path("saved/jobs/<int:pk>/start/", job_bookmarks.job_start, name="job_start"),
    path("saved/jobs/<int:pk>/save/", job_bookmarks.job_save, name="job_save"),
    path("saved/jobs/<int:pk>/remove/", job_bookmarks.job_remove, name="job_remove"),
    path("saved/jobs/<int:pk>/note/", job_bookmarks.job_note, name="job_note"),
    path("saved/labels/", labels.label_list, name="labels"),
    path("saved/labels/<int:pk>/rename/", labels.label_rename, name="label_rename"),
    path("saved/labels/<int:pk>/delete/", labels.label_delete, name="label_delete"),
    path("skills/<slug:slug>/", skills.skill_map, name="skills"),
    path("skills/<slug:slug>/ticks/", skills.skill_ticks, name="skill_ticks"),
    path("account/", account.overview, name="account"),
    path("account/profile/", account.profile, name="profile"),
    path("account/notifications/", notifications.notifications, name="notifications"),
    path("unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("preferences/theme/", preferences.theme, name="theme"),
]

from django.urls import include, path

from accounts.views import account, bookmarks, importing, job_bookmarks, leaving, notifications, owndata, preferences

app_name = "accounts"
urlpatterns = [
    path("", include("accounts.tracker_urls")),
    path("saved/", bookmarks.saved, name="saved"),
    path("saved/guides/<slug:slug>/start/", bookmarks.bookmark_start, name="bookmark_start"),
    path("saved/guides/<slug:slug>/save/", bookmarks.bookmark_save, name="bookmark_save"),
    path("saved/guides/<slug:slug>/remove/", bookmarks.bookmark_remove, name="bookmark_remove"),
    path("saved/guides/<slug:slug>/note/", bookmarks.bookmark_note, name="bookmark_note"),
    path("saved/jobs/", job_bookmarks.saved_jobs, name="saved_jobs"),
    path("saved/jobs/<int:pk>/start/", job_bookmarks.job_start, name="job_start"),
    path("saved/jobs/<int:pk>/save/", job_bookmarks.job_save, name="job_save"),
    path("saved/jobs/<int:pk>/remove/", job_bookmarks.job_remove, name="job_remove"),
    path("saved/jobs/<int:pk>/note/", job_bookmarks.job_note, name="job_note"),
    path("applications/import/", importing.import_start, name="import_start"),
    path("applications/import/<int:pk>/", importing.import_preview, name="import"),
    path("applications/import/<int:pk>/columns/", importing.import_columns, name="import_columns"),
    path("applications/import/<int:pk>/confirm/", importing.import_confirm, name="import_confirm"),
    path("applications/import/<int:pk>/undo/", importing.import_undo, name="import_undo"),
    path("applications/import/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("account/", account.overview, name="account"),
    path("account/profile/", account.profile, name="profile"),
    path("account/notifications/", notifications.notifications, name="notifications"),
    path("account/data/", owndata.data, name="data"),
    path("account/data/copy/", owndata.export_start, name="export_start"),
    path("account/data/<int:pk>/", owndata.export_file, name="export_file"),
    path("account/delete/", leaving.delete, name="delete"),
    path("account/deleted/", leaving.deleted, name="deleted"),
    path("unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("preferences/theme/", preferences.theme, name="theme"),
]

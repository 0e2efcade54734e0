"""Addresses of the application tracker; their names stand in the space of `accounts`."""

from django.urls import path

from accounts.views.tracker import board, born, calendar, detail, events, insight, parts

of_all = [
    path("applications/", board.applications, name="applications"),
    path("applications/add/", board.application_add, name="application_add"),
    path("applications/insight/", insight.application_insight, name="application_insight"),
    path("applications/calendar/", calendar.calendar_page, name="calendar_page"),
    path("applications/calendar/open/", calendar.calendar_open, name="calendar_open"),
    path("applications/calendar/close/", calendar.calendar_close, name="calendar_close"),
    path("calendar/<str:token>.ics", calendar.calendar, name="calendar"),
]
of_jobs = [
    path("applications/jobs/<int:pk>/track/", born.job_track, name="job_track"),
    path("applications/jobs/<int:pk>/left/", born.job_left, name="job_left"),
    path("applications/jobs/<int:pk>/answer/", born.job_answer, name="job_answer"),
]
of_one = [
    path("applications/<int:pk>/", detail.application, name="application"),
    path("applications/<int:pk>/move/", board.application_move, name="application_move"),
    path("applications/<int:pk>/edit/", detail.application_edit, name="application_edit"),
    path("applications/<int:pk>/salary/", detail.application_salary, name="application_salary"),
    path("applications/<int:pk>/remove/", board.application_remove, name="application_remove"),
    path("applications/<int:pk>/restore/", board.application_restore, name="application_restore"),
]
of_events = [
    path("applications/<int:pk>/history/add/", events.event_add, name="event_add"),
    path("applications/<int:pk>/history/<int:event>/", events.event_correct, name="event_correct"),
    path("applications/<int:pk>/history/<int:event>/remove/", events.event_remove, name="event_remove"),
    path("applications/<int:pk>/history/<int:event>/undo/", events.event_undo, name="event_undo"),
]
of_parts = [
    path("applications/<int:pk>/tasks/<int:item>/done/", parts.task_done, name="task_done"),
    path("applications/<int:pk>/interviews/<int:item>.ics", parts.interview_file, name="interview_file"),
    path("applications/<int:pk>/documents/<int:item>/file/", parts.document_file, name="document_file"),
    path("applications/<int:pk>/<slug:part>/add/", parts.part_add, name="part_add"),
    path("applications/<int:pk>/<slug:part>/<int:item>/", parts.part_edit, name="part_edit"),
    path("applications/<int:pk>/<slug:part>/<int:item>/remove/", parts.part_remove, name="part_remove"),
    path("applications/<int:pk>/<slug:part>/<int:item>/restore/", parts.part_restore, name="part_restore"),
]
urlpatterns = [*of_all, *of_jobs, *of_one, *of_events, *of_parts]

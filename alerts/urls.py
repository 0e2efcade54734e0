from django.urls import path

from alerts.views import actions, confirm, edit, keep, listing, new, off, verdict

app_name = "alerts"

# The same pages by two doors (`alerts.views.door`): a member's account, and the key in a visitor's mails.
_MAIL = "alerts/by-mail/<str:key>/"

urlpatterns = [
    path("alerts/", listing.alert_list, name="list"),
    path("alerts/new/", new.new, name="new"),
    path("alerts/schedule/", actions.schedule, name="schedule"),
    path("alerts/stop/", actions.stop_all, name="stop"),
    path("alerts/start/", actions.start_all, name="start"),
    path("alerts/address/", actions.address_works, name="address_works"),
    path("alerts/<int:pk>/", edit.edit, name="edit"),
    path("alerts/<int:pk>/pause/", actions.pause_one, name="pause"),
    path("alerts/<int:pk>/resume/", actions.resume_one, name="resume"),
    path("alerts/<int:pk>/off/", actions.turn_off_one, name="turn_off"),
    path("alerts/<int:pk>/remove/", actions.remove_one, name="remove"),
    path("alerts/<int:pk>/restore/", actions.restore_one, name="restore"),
    # For visitors, by the key in their mails
    path(_MAIL, listing.alert_list, name="by_mail"),
    path(f"{_MAIL}schedule/", actions.schedule, name="mail_schedule"),
    path(f"{_MAIL}stop/", actions.stop_all, name="mail_stop"),
    path(f"{_MAIL}start/", actions.start_all, name="mail_start"),
    path(f"{_MAIL}address/", actions.address_works, name="mail_address_works"),
    path(f"{_MAIL}delete/", listing.delete, name="mail_delete"),
    path(f"{_MAIL}<int:pk>/", edit.edit, name="mail_edit"),
    path(f"{_MAIL}<int:pk>/pause/", actions.pause_one, name="mail_pause"),
    path(f"{_MAIL}<int:pk>/resume/", actions.resume_one, name="mail_resume"),
    path(f"{_MAIL}<int:pk>/off/", actions.turn_off_one, name="mail_turn_off"),
    path(f"{_MAIL}<int:pk>/remove/", actions.remove_one, name="mail_remove"),
    path(f"{_MAIL}<int:pk>/restore/", actions.restore_one, name="mail_restore"),
    # By signed links in mails, signed out as well
    path("alerts/confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("alerts/off/<str:token>/", off.off, name="off"),
    path("alerts/keep/<str:token>/", keep.keep, name="keep"),
    path("alerts/verdict/<str:token>/", verdict.verdict, name="verdict"),
]

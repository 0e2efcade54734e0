from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts.tracker import birth
        from jobs.applying import listeners

        listeners.on_sent.append(birth.track_sent)
        listeners.on_withdrawn.append(birth.track_withdrawn)
        listeners.applied_elsewhere.append(birth.applied_on)

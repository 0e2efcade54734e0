from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "kit"
    verbose_name = "Mail"

    def ready(self) -> None:
        from anymail.signals import tracking

        from kit.mail.events import heard

        tracking.connect(heard)  # anymail's own way of telling; it sends nothing where no provider is set

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        from jobs.applying.delivery import KINDS
        from kit.mail import late

        late.kinds.update(KINDS)

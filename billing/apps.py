from django.apps import AppConfig

from billing import world


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "Billing"

    def ready(self) -> None:
        """System checks do not run under WSGI; this does, in every process."""
        world.refuse_misconfiguration(world.command_line())

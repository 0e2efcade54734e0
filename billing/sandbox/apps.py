from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from billing.world import World, world


class SandboxConfig(AppConfig):
    name = "billing.sandbox"
    label = "sandbox"
    verbose_name = "Billing sandbox"

    def ready(self) -> None:
        """Installed by settings with DEBUG and without a key only. Whoever installs it elsewhere gets no site at all."""
        if world() is not World.SANDBOX:
            raise ImproperlyConfigured(
                "billing.sandbox stands in for Stripe and may be installed only with DEBUG and without STRIPE_SECRET_KEY."
            )
        from billing import gateway
        from billing.sandbox.local import server

        gateway.answer_in_process(lambda *request: server().answer(*request))

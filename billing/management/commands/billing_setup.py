from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from billing import answers, gateway, plans, world


class Command(BaseCommand):
    help = "Make at Stripe what billing needs: product, price, portal and webhook. Run again, it changes what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        if world.world() in {world.World.OFF, world.World.SANDBOX}:
            raise CommandError("Set STRIPE_SECRET_KEY first. Without it there is no account at Stripe to set up.")
        try:
            product = self._product()
            self._price(product)
            self._portal()
            secret = self._endpoint()
        except answers.GatewayError as error:
            raise CommandError(f"Stripe: {error}. What was made so far stays; run the command again.") from error
        self._next(product, secret)

    def _product(self) -> str:
        product, is_new = gateway.set_up_product(
            known=settings.STRIPE_PLUS_PRODUCT,
            name=f"{settings.SITE_NAME} Plus",
            description=plans.in_words(plans.added_by_plus()).capitalize(),
        )
        self._say("product", product, is_new=is_new)
        return product

    def _price(self, product: str) -> None:
        """A price that differs from ours is replaced: whoever pays the old one goes on paying that."""
        wanted = plans.PRICE
        found = gateway.plus_price(wanted.lookup_key)
        same = found and (found.product, found.amount, found.currency, found.interval) == (
            product,
            wanted.amount,
            wanted.currency,
            wanted.interval,
        )
        if found and same:
            self._say("price", f"{found.id} ({wanted.words})", is_new=False)
            return
        made = gateway.create_price(
            product=product, amount=wanted.amount, currency=wanted.currency, interval=wanted.interval, lookup_key=wanted.lookup_key
        )
        self._say("price", f"{made} ({wanted.words})", is_new=True)

    def _portal(self) -> None:
        privacy, back = (settings.SITE_URL + reverse(name) for name in ("privacy", "billing:account"))
        configuration, is_new = gateway.set_up_portal(privacy_url=privacy, return_url=back)
        self._say("portal", configuration, is_new=is_new)

    def _endpoint(self) -> str:
        """The secret of a new endpoint; empty when one that fits is there. Stripe never shows the secret again."""
        url = settings.SITE_URL + reverse("billing:webhook")
        found = [one for one in gateway.endpoints() if one.url == url and one.status == "enabled"]
        fitting = [one for one in found if one.api_version == gateway.API_VERSION and one.events >= set(answers.EVENTS)]
        if fitting:
            self._say("webhook", f"{fitting[0].id} ({url})", is_new=False)
            if not world.webhook_secrets():
                self.stdout.write("         its secret is shown on its page in Stripe's dashboard: set STRIPE_WEBHOOK_SECRETS to it")
            return ""
        made = gateway.create_endpoint(url)
        self._say("webhook", f"{made.id} ({url}, API {made.api_version})", is_new=True)
        for old in found:
            self.stdout.write(f"         disable {old.id} at Stripe once the new secret is in use: it sends another version")
        return made.secret

    def _say(self, what: str, which: str, *, is_new: bool) -> None:
        self.stdout.write(f"{what:8} {which} {'made' if is_new else 'is there'}")

    def _next(self, product: str, secret: str) -> None:
        self.stdout.write("\nSet in the environment:")
        self.stdout.write(f"STRIPE_PLUS_PRODUCT={product}")
        if secret:
            known = ",".join(world.webhook_secrets())
            self.stdout.write(f"STRIPE_WEBHOOK_SECRETS={secret}{',' if known else ''}{known}")

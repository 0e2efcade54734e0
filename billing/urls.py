from django.urls import path

from billing.views import account, buying, pricing, webhook

app_name = "billing"
urlpatterns = [
    path("pricing/", pricing.pricing, name="pricing"),
    path("plus/start/", buying.start, name="start"),
    path("plus/done/", buying.done, name="done"),
    path("account/billing/", account.overview, name="account"),
    path("account/billing/portal/", account.portal, name="portal"),
    path("account/billing/cancel/", account.cancel, name="cancel"),
    path("account/billing/keep/", account.keep, name="keep"),
    path("billing/webhook/", webhook.webhook, name="webhook"),
    path("billing/webhook", webhook.webhook, name="webhook_bare"),  # Stripe counts a redirect as a failure
]

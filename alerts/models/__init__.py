"""Who gets alerts of what, and what they were sent."""

from alerts.models.alert import Alert, AlertQuerySet
from alerts.models.digest import Delivery, Digest, Run
from alerts.models.subscriber import Subscriber, SubscriberQuerySet

__all__ = ["Alert", "AlertQuerySet", "Delivery", "Digest", "Run", "Subscriber", "SubscriberQuerySet"]

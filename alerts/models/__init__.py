"""Who gets alerts of what, and what they were sent."""

from alerts.models.alert import MAX_QUERY, Alert, AlertQuerySet
from alerts.models.digest import Delivery, Digest, Run
from alerts.models.subscriber import Subscriber, SubscriberQuerySet
from alerts.models.wish import Wish, WishQuerySet

__all__ = ["MAX_QUERY", "Alert", "AlertQuerySet", "Delivery", "Digest", "Run", "Subscriber", "SubscriberQuerySet", "Wish", "WishQuerySet"]

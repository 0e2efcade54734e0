"""Plan and what was paid, as far as we hold it."""

from accounts.owndata.part import Part
from billing import record

PARTS = (
    Part("plan", "Your plan. Amounts are hundredths of the currency.", record.PLAN, record.plan, record.TABLES),
    Part(
        "plan_history",
        "What happened to your plan. Receipts are at Stripe: see Billing.",
        record.HISTORY,
        record.history,
    ),
    Part("plan_gifts", "Complimentary time on a plan.", record.GIFTS, record.gifts),
)

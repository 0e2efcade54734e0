"""What an export consists of. Whoever adds a table that belongs to people adds its part here; a test looks for what is missing."""

from accounts.owndata.part import Part
from accounts.owndata.rows import account, applications, jobs, plan, saved

PARTS: tuple[Part, ...] = (*account.PARTS, *saved.PARTS, *applications.PARTS, *jobs.PARTS, *plan.PARTS)

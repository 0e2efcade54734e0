"""The description of a job as part of our page."""

from django.utils.safestring import SafeString

from jobs.models import Job


def shown(job: Job) -> SafeString:
    """Marks as safe what `jobs.reading.html.clean` made when the ad came in. Nothing else may pass through here.

    Cleaned text has headings of two levels, h3 and h4, and stands below an h2. An h4 that comes before the first h3 would
    skip a level, so it becomes one.
    """
    first, h3, rest = job.description.partition("<h3>")
    return SafeString(first.replace("<h4>", "<h3>").replace("</h4>", "</h3>") + h3 + rest)

"""Who is no reader: programs that say so, and those that do not come from a page of ours in a browser."""

import re

from django.http import HttpRequest

# Cubot is a make of phones.
_PROGRAMS = re.compile(
    r"(?<!cu)bot(\b|_)|crawl|spider|slurp|scrape|fetch|archiv|preview|monitor|headless|lighthouse|pagespeed|phantom|puppeteer|playwright"
    r"|selenium|cypress|python|curl|wget|java/|okhttp|go-http|libwww|axios|node|facebookexternalhit|embedly|validator|^$",
    re.IGNORECASE,
)


def is_reader(request: HttpRequest) -> bool:
    """Whether a report is worth counting. Browsers say `Sec-Fetch-Site` themselves; scripts of a page cannot."""
    agent = request.headers.get("User-Agent", "").strip()
    return request.headers.get("Sec-Fetch-Site") == "same-origin" and not _PROGRAMS.search(agent)

"""Work of the newsroom that nobody waits for."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from careers.models import Skill
from jobs.matching import link_again

AGAIN = RetryStrategy(max_attempts=3, wait=60)


@app.task(queue="feeds", retry=AGAIN)
def link_jobs(skill_id: int) -> None:
    """A skill was merged into this one, or it got another name: jobs are found by all its names afterwards."""
    for skill in Skill.objects.filter(pk=skill_id):
        link_again(skill)

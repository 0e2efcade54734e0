import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import create_demo_users
from ads.demo import load_ads
from ads.pictures import PictureRefused
from alerts.demo import give_demo_alerts
from billing.demo import give_demo_plus
from careers.demo import load_fields, load_guides
from careers.importing import ImportRefused
from careers.publishing import NotReady
from careers.questions import load_site_questions
from jobs.demo import BrokenSample, load_jobs
from jobs.search.spelling import learn_words


class Command(BaseCommand):
    help = "Load the sample content of content/ and, with --users, demo sign-ins (never when DEBUG is off)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", help="password of the demo sign-ins; made up when left out")
        parser.add_argument("--no-users", action="store_true", help="content only")
        parser.add_argument("--no-jobs", action="store_true", help="without the sample jobs")
        parser.add_argument("--content", type=Path, default=settings.BASE_DIR / "content")

    def handle(self, *args: Any, password: str | None, no_users: bool, no_jobs: bool, content: Path, **options: Any) -> None:
        try:
            fields = load_fields(content / "fields.yaml")
            guides = load_guides(sorted((content / "guides").glob("*.yaml")))
            questions = load_site_questions(content / "faqs.yaml")
            ads = load_ads(content / "ads.yaml")
            jobs = "" if no_jobs else f", {load_jobs(content)}"
            learn_words()
        except (ImportRefused, NotReady, PictureRefused, BrokenSample, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{fields} fields, {guides}, {questions} site questions, {ads} house ads{jobs}")
        if settings.DEBUG and not no_users:
            password = password or secrets.token_urlsafe(9)
            for email in create_demo_users(password):
                self.stdout.write(f"  {email}   {password}")
            give_demo_plus("plus@waymark.example")
            give_demo_alerts()

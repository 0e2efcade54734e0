"""Content and records that belong to no single guide."""

from django.db import models
from django.urls import reverse

from careers.choices import WorkState
from kit.text import Fold


class SiteQuestion(models.Model):
    """A question about the portal, answered on the site-wide page of questions."""

    class Topic(models.TextChoices):
        USING = "using", "Using Waymark"
        FIGURES = "figures", "Figures and sources"
        ACCOUNT = "account", "Your account"
        ABOUT = "about", "Who we are"

    slug = models.SlugField(max_length=80, unique=True)
    topic = models.CharField(max_length=10, choices=Topic)
    question = models.CharField(max_length=300)
    answer = models.TextField(help_text="Markdown.")
    is_published = models.BooleanField("published", default=False)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")

    class Meta:
        ordering = ["topic", "position", "pk"]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{reverse('careers:questions')}#{self.slug}"


class SearchMiss(models.Model):
    """Words that a search of guides did not find: what readers want and we lack. No person is recorded."""

    words = models.CharField(max_length=100)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.OPEN, db_default=WorkState.OPEN)
    note = models.CharField(max_length=300, blank=True, default="", db_default="", help_text="What was done about it, or why nothing is.")

    class Meta:
        ordering = ["-count", "-last_at"]
        verbose_name_plural = "searches without result"
        constraints = [models.UniqueConstraint(Fold("words"), name="search_miss_once")]

    def __str__(self) -> str:
        return self.words

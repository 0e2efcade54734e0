"""What a person says of a skill."""

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.models import Guide, Skill
from kit.text import fold


class SkillState(models.TextChoices):
    HAVE = "have", "I have it"
    LEARNING = "learning", "I am learning it"
    MISSING = "missing", "I am missing it"


class SkillMarkQuerySet(models.QuerySet["SkillMark"]):
    def states(self) -> dict[str, SkillState]:
        """Folded name or alias of each marked skill -> its state. One query."""
        others = ArrayAgg("skill__aliases__name", filter=Q(skill__aliases__isnull=False), default=[])
        rows = self.annotate(others=others).values_list("state", "skill__name", "others")
        return {fold(one): SkillState(state) for state, name, also in rows for one in (*also, name)}


class SkillMark(models.Model):
    """Guides share skills, so one mark counts in all of them. No row: nothing was said."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skill_marks")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=SkillState)
    guide = models.ForeignKey(Guide, on_delete=models.SET_NULL, null=True, related_name="+", help_text="On whose map it was marked last.")
    marked_at = models.DateTimeField(default=timezone.now)

    objects = SkillMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "skill"], name="skill_marked_once"),
            models.CheckConstraint(condition=Q(state__in=SkillState.values), name="skill_mark_known"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.state} for {self.user_id}"

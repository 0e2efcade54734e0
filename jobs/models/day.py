"""How often people went on to an employer's own site. Sums only: nothing in a row can be led back to a reader."""

from django.db import models

from jobs.models.job import Job


class JobDay(models.Model):
    """One job on one day (UTC). Written in sums by `jobs.leaving` alone."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    leaves = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "day of a job"
        verbose_name_plural = "days of jobs"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="job_day_once")]

    def __str__(self) -> str:
        return f"{self.job_id}, {self.day}"

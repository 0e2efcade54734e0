from django.db import models


class ContentStamp(models.Model):
    """One row that counts every committed change of public content.

    Triggers on the content tables raise it inside the changing transaction (see `kit.stamp.watch`), so a page
    stored under an older number is known to be stale whatever wrote the change: admin, command or SQL.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_stamp")]

    def __str__(self) -> str:
        return str(self.number)

"""The picture of an ad, as we serve it. Apart from the ad, so that reading ads never reads pixels."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from ads.models.creative import Creative

MAX_STORED = 200_000  # bytes


class Length(Func):
    function = "octet_length"
    output_field = IntegerField()


class Picture(models.Model):
    """A WebP file that `ads.pictures.prepare` made from an upload; nothing else is stored here."""

    creative = models.OneToOneField(Creative, primary_key=True, on_delete=models.CASCADE, related_name="picture")
    alt = models.CharField(
        "what it shows", max_length=120, validators=[MinLengthValidator(3)], help_text="In words, for people who do not see it."
    )
    digest = models.CharField(max_length=32, db_index=True, editable=False, help_text="Of the bytes: the name of the file.")
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="ad_picture_has_alt"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="ad_picture_has_size"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{32}$"), name="ad_picture_digest_is_hex"),
            models.CheckConstraint(condition=LessThanOrEqual(Length(F("data")), MAX_STORED), name="ad_picture_is_small"),
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("ads:picture", args=[self.digest])

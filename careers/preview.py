"""Signed links to unpublished guides, for people who have no account with us."""

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from careers.models import Guide

VALID_SECONDS = 7 * 24 * 60 * 60
_signer = TimestampSigner(salt="careers.preview")


def preview_path(guide: Guide) -> str:
    """Address of the working copy. It works without sign-in for seven days, for this guide only."""
    return reverse("careers:guide_preview", args=[guide.slug, _signer.sign(str(guide.pk))])


def previewed_guide(slug: str, token: str) -> Guide:
    """The guide that a link opens. Raises Guide.DoesNotExist when it is wrong, too old, or made for another guide."""
    try:
        pk = int(_signer.unsign(token, max_age=VALID_SECONDS))
    except (BadSignature, ValueError) as error:
        raise Guide.DoesNotExist from error
    return Guide.objects.select_related("field").get(pk=pk, slug=slug)

"""The picture of an ad as a part of its form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html

from ads.models import Creative, Picture
from ads.pictures import PictureRefused, Prepared, prepare


class PictureForm(forms.ModelForm[Picture]):
    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text="PNG, JPEG or WebP up to 1 MB, twice as wide as high; 600 × 300 is enough. It is stored anew, without metadata.",
    )

    class Meta:
        model = Picture
        fields = ("alt",)

    def clean_file(self) -> Prepared | None:
        upload = self.cleaned_data["file"]
        if not upload:
            if not self.instance.digest:
                raise ValidationError("Choose a file.")
            return None
        try:
            return prepare(upload)
        except PictureRefused as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if made := cleaned.get("file"):
            picture = self.instance
            picture.data, picture.digest, picture.width, picture.height = made.data, made.digest, made.width, made.height
        return cleaned


class PictureInline(admin.StackedInline[Picture, Creative]):
    model = Picture
    form = PictureForm
    fields = ("shown", "file", "alt")
    readonly_fields = ("shown",)
    verbose_name = verbose_name_plural = "picture"
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("data")

    @admin.display(description="now")
    def shown(self, picture: Picture) -> str:
        if not picture.digest:
            return "–"
        words = '<img src="{}" alt="{}" width="{}" height="{}">'
        return format_html(words, picture.get_absolute_url(), picture.alt, picture.width // 2, picture.height // 2)

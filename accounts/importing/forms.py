"""What we ask of somebody who imports: the file, then which column is what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.importing.batches import read_upload, too_large
from accounts.importing.columns import LABELS, Columns, Field
from accounts.importing.own import is_own
from accounts.importing.reading import MAX_FILE, MAX_OWN_FILE, MAX_ROWS, FileRefused, Sheet

NOT_IN_FILE = ""
MISSING = "Choose your CSV file"


class UploadForm(forms.Form):
    """After validation: `sheet` is what the file turned out to hold, `file_name` what it was called."""

    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,  # the reader has words for it
        help_text=f"Up to {MAX_ROWS:,} rows and {MAX_FILE // 1024**2} MB. The first line names the columns.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), MISSING),
    )
    sheet: Sheet
    file_name: str

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_OWN_FILE:  # before it is read: of one that is far too large only the size came in
            raise ValidationError(too_large(upload.size))
        data: bytes = upload.read()
        self.file_name = upload.name or ""
        try:
            self.sheet = read_upload(data)
        except FileRefused as reason:
            raise ValidationError(str(reason)) from reason
        return data


class ColumnsForm(forms.Form):
    """A list of the file's columns for each field. Of our own export all is known but what to do with doubles."""

    takes_doubles = forms.BooleanField(label="Take those that you have already, too", required=False)

    def __init__(self, *args: Any, sheet: Sheet, columns: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["takes_doubles"].initial = columns.takes_doubles
        if is_own(sheet):
            return
        choices = [(NOT_IN_FILE, "Not in the file"), *((str(number), f"{name or 'No name'}") for number, name in enumerate(sheet.header))]
        fields: dict[str, forms.Field] = {
            which.value: forms.ChoiceField(
                label=LABELS[which],
                choices=choices,
                initial=str(columns.of.get(which, NOT_IN_FILE)),
                required=which is Field.TITLE,
                error_messages={"required": "Choose the column with the job title", "invalid_choice": "Choose one of the columns"},
            )
            for which in Field
        }
        fields["dates"] = forms.ChoiceField(
            label="Dates like 03/04/2026",
            choices=[("month", "Month first: March 4"), ("day", "Day first: 3 April")],
            initial="day" if columns.day_first else "month",
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how the dates are meant"),
        )
        for optional in fields.values():
            optional.label_suffix = ""
        self.fields = fields | self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for which in Field:
            number = cleaned.get(which.value)
            if number and number in seen:
                self.add_error(which.value, f"This column is the {seen[number].lower()} already. Choose another one")
            elif number:
                seen[number] = LABELS[which]
        return cleaned

    def columns(self) -> Columns:
        of = {which.value: int(self.cleaned_data[which.value]) for which in Field if self.cleaned_data.get(which.value)}
        day_first, takes_doubles = self.cleaned_data.get("dates") == "day", self.cleaned_data["takes_doubles"]
        return Columns(of, day_first=day_first, are_days_sure=True, takes_doubles=takes_doubles)

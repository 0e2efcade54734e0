"""What we ask of somebody who applies."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jobs.applying.resume import MAX_MB, Resume, ResumeRefused, read_resume, too_large
from jobs.choices import FileKind
from jobs.models.application import MAX_LETTER, MAX_NAME, MAX_PHONE, MAX_RESUME
from jobs.reading.text import visible
from kit.fields import LinesField

_PHONE = re.compile(r"[0-9+()./ x-]+", re.ASCII)
AGAIN = "Choose your file again: a browser forgets it when the form comes back"


class ApplicationForm(forms.Form):
    name = forms.CharField(
        label="Your name",
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name", "max_length": f"Your name can have {MAX_NAME} characters at most"},
    )
    phone = forms.CharField(
        label="Phone",
        max_length=MAX_PHONE,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"max_length": f"A phone number can have {MAX_PHONE} characters at most"},
    )
    letter = LinesField(
        label="Letter",
        max_length=MAX_LETTER,
        help_text=f"Plain text, up to {MAX_LETTER:,} characters. Say why this job, and what you have done that is like it.",
        error_messages={
            "required": "Write a few lines to the employer",
            "max_length": f"Your letter can have {MAX_LETTER:,} characters at most. This one has %(show_value)d",
        },
    )
    resume = forms.FileField(
        label="Resume",
        allow_empty_file=True,  # read_resume has words for it
        help_text=f"A PDF or DOCX file, up to {MAX_MB} MB, without a password.",
        widget=forms.FileInput(attrs={"accept": ",".join([".pdf", ".docx", *FileKind.values])}),
        error_messages={"required": "Choose your resume", "invalid": "Choose your resume", "missing": "Choose your resume"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["letter"].widget.attrs["maxlength"]  # browsers cut off what is pasted and say nothing

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split(" "))
        if not name.isprintable():
            raise ValidationError("Your name holds a line break or an invisible character. Type it again")
        return name

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError("A phone number has digits, spaces and the signs + - ( ) only")
        return phone

    def clean_letter(self) -> str:
        return visible(self.cleaned_data["letter"])

    def clean_resume(self) -> Resume:
        upload = self.cleaned_data["resume"]
        if upload.size > MAX_RESUME:  # before it is read: of one that is far too large only the size came in
            raise ValidationError(too_large(upload.size))
        try:
            return read_resume(upload.read(), upload.name)
        except ResumeRefused as reason:
            raise ValidationError(str(reason)) from reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors and "resume" not in self.errors:
            self.add_error("resume", AGAIN)
        return cleaned

from django import forms
from django.core.exceptions import ValidationError

from jobs.choices import ReportReason
from jobs.models.report import MAX_WORDS


class ReportForm(forms.Form):
    """What is wrong with an ad. Only "something else" must be put into words."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with it", "invalid_choice": "Choose one of the reasons"},
    )
    words = forms.CharField(
        label="What should our staff know?",
        required=False,
        max_length=MAX_WORDS,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The employer does not see it. Leave out names and numbers of people.",
        error_messages={"max_length": "Shorten this to %(limit_value)d characters; it has %(show_value)d"},
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("reason") == ReportReason.OTHER and not data.get("words") and "words" not in self.errors:
            self.add_error("words", ValidationError("Say in a sentence what is wrong", code="required"))
        return data

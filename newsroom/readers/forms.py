from collections.abc import Iterator

from django import forms

from careers.choices import CHAPTERS
from newsroom.models import ReaderReport

MAX_TEXT = 2000  # characters
MOST_KEY = 2**63 - 1


def sections() -> Iterator[tuple[str, str | list[tuple[str, str]]]]:
    yield "", "The guide as a whole"
    for _, title, chapter in CHAPTERS:
        yield title, [(section.value, section.label) for section in chapter]


class ReportForm(forms.Form):
    """What a reader wants changed in a guide, or wants to know."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=ReaderReport.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose one of the three"},
    )
    section = forms.ChoiceField(
        label="Where in the guide?",
        choices=sections,
        required=False,
        error_messages={"invalid_choice": "Choose one of the sections"},
    )
    text = forms.CharField(
        label="What should our staff know?",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="If something is wrong, say what is right and where you know it from.",
        error_messages={
            "required": "Say in a sentence what it is",
            "max_length": "Shorten this to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    email = forms.EmailField(
        label="Your email address",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Only if you want an answer. We delete it once your report is settled, and after 90 days at the latest.",
        error_messages={"invalid": "Write the address as name@example.com, or leave it out"},
    )
    seen = forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY, widget=forms.HiddenInput)

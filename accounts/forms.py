"""The forms of our own pages. Those of signing in are in `accounts.entrance`."""

from django import forms

from accounts import zones
from accounts.models import MailKind, User
from accounts.models.kept import MAX_NOTE
from kit.fields import LinesField


class ProfileForm(forms.ModelForm[User]):
    time_zone = forms.ChoiceField(help_text="Dates and times on the pages are shown in this zone.")

    class Meta:
        model = User
        fields = ["display_name", "time_zone"]
        labels = {"display_name": "Your name"}
        help_texts = {"display_name": "How we address you."}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = zones.choices(self.instance.time_zone)
        field.error_messages["invalid_choice"] = field.error_messages["required"] = "Choose a time zone from the list"
        self.fields["display_name"].error_messages["max_length"] = "Your name can have 80 characters at most"


class NoteForm(forms.Form):
    note = LinesField(
        label="Note",
        required=False,
        max_length=MAX_NOTE,
        error_messages={"max_length": f"Your note can have {MAX_NOTE} characters at most"},
    )


class NotificationsForm(forms.Form):
    """A box for each kind of mail."""

    def __init__(self, *args: object, wanted: dict[MailKind, bool], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for kind, is_wanted in wanted.items():
            self.fields[kind.value] = forms.BooleanField(label=kind.label, initial=is_wanted, required=False)

    def decided(self) -> dict[MailKind, bool]:
        return {kind: self.cleaned_data[kind.value] for kind in MailKind}


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label="Delete my account and everything in it",
        error_messages={"required": "Tick the box to say that you mean it"},
    )

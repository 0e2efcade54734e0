"""The forms of our own pages. Those of signing in are in `accounts.entrance`."""

from django import forms

from accounts import zones
from accounts.keeping.labels import MOST, MOST_ON_ONE, split
from accounts.models import MailKind, User
from accounts.models.kept import MAX_NOTE
from accounts.models.label import MAX_NAME
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


LABEL_TOO_LONG = f"A label can have {MAX_NAME} characters at most"


class NoteForm(forms.Form):
    """Note and labels. Posted without `labels`, these stay as they are: `cleaned_data["labels"]` is None."""

    note = LinesField(
        label="Note",
        required=False,
        max_length=MAX_NOTE,
        error_messages={"max_length": f"Your note can have {MAX_NOTE} characters at most"},
    )
    labels = forms.CharField(required=False, help_text="Your own words, with commas between them.")

    def clean_labels(self) -> list[str] | None:
        if "labels" not in self.data:
            return None
        names = split(self.cleaned_data["labels"])
        if any(len(name) > MAX_NAME for name in names):
            raise forms.ValidationError(LABEL_TOO_LONG)
        if len(names) > MOST_ON_ONE:
            raise forms.ValidationError(f"Give it {MOST_ON_ONE} labels at most")
        return names

    def refuse_labels(self) -> None:
        """Say that the person has too many."""
        self.add_error("labels", f"You can have {MOST} different labels. Delete one that you no longer need")


class LabelForm(forms.Form):
    name = forms.CharField(
        label="New name",
        max_length=MAX_NAME,
        error_messages={"required": "Enter a name for the label", "max_length": LABEL_TOO_LONG},
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise forms.ValidationError("A label cannot hold a comma")
        return name


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

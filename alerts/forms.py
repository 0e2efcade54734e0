"""The forms of the alerts pages."""

from datetime import date, timedelta

from django import forms
from django.contrib.auth.models import AnonymousUser

from accounts import zones
from accounts.models import User
from alerts.cadence import Clock
from alerts.choices import Frequency, Reason, Weekday
from alerts.models import Subscriber

MAX_NAME = 200
LONGEST_PAUSE = timedelta(days=365)
OFTEN = [(Frequency.WEEKLY, "Once a week"), (Frequency.DAILY, "Every day")]


class AlertForm(forms.Form):
    """Name and frequency. Who may have daily alerts is not asked here: the view answers with the upgrade page."""

    name = forms.CharField(
        max_length=MAX_NAME,
        help_text="How the mail calls it.",
        error_messages={"required": "Enter a name for the alert", "max_length": f"The name can have {MAX_NAME} characters at most"},
    )
    frequency = forms.ChoiceField(
        label="How often",
        choices=OFTEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often", "invalid_choice": "Choose once a week or every day"},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ZoneField(forms.ChoiceField):
    """All time zones by region; `current` is listed even when it goes by an outdated name."""

    def __init__(self, *, current: str = "UTC", **options: object) -> None:
        super().__init__(choices=zones.choices(current), **options)  # type: ignore[arg-type]
        self.error_messages["required"] = self.error_messages["invalid_choice"] = "Choose a time zone from the list"


class VisitorAlertForm(AlertForm):
    """What we need of somebody without an account as well. The script of the page fills in the browser's zone."""

    email = forms.EmailField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send one mail with a link. Nothing else comes before you open it and confirm.",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address in the form name@example.com",
            "max_length": "An email address can have 254 characters at most",
        },
    )
    time_zone = ZoneField(label="Time zone", help_text="So that mails come in the morning where you live.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-time-zone"] = ""


def alert_form(user: User | AnonymousUser) -> type[AlertForm]:
    return AlertForm if user.is_authenticated else VisitorAlertForm


class PauseForm(forms.Form):
    until = forms.DateField(
        label="Pause until",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Enter the day until which it pauses", "invalid": "Enter a day such as 2027-01-15"},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today
        limits = {"min": (today + timedelta(days=1)).isoformat(), "max": (today + LONGEST_PAUSE).isoformat()}
        self.fields["until"].widget.attrs |= limits

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day after today")
        if until > self.today + LONGEST_PAUSE:
            raise forms.ValidationError("A pause can last a year at most. For longer, turn the alert off")
        return until


class ScheduleForm(forms.Form):
    """A member's time zone is that of the account; a visitor has it here."""

    weekday = forms.TypedChoiceField(
        label="Day of weekly alerts", choices=Weekday.choices, coerce=int, error_messages={"invalid_choice": "Choose a day of the week"}
    )
    hour = forms.TypedChoiceField(
        label="Hour",
        choices=[(hour, f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}") for hour in range(24)],
        coerce=int,
        error_messages={"invalid_choice": "Choose an hour from the list"},
    )

    def __init__(self, *args: object, subscriber: Subscriber, **kwargs: object) -> None:
        zone = Clock.of(subscriber).zone
        initial = {"weekday": subscriber.weekday, "hour": subscriber.hour, "time_zone": zone}
        super().__init__(*args, **({"initial": initial} | kwargs))  # type: ignore[arg-type]
        if subscriber.user_id is None:
            self.fields["time_zone"] = ZoneField(label="Time zone", current=zone)
        for field in self.fields.values():
            field.error_messages["required"] = field.error_messages["invalid_choice"]


class VerdictForm(forms.Form):
    """Why a job was not for somebody; may stay open."""

    reason = forms.ChoiceField(
        label="Why",
        required=False,
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the reasons, or none"},
    )

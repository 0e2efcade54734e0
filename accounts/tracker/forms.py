"""What people tell us about their applications. Dates and times are those of the reader's zone unless a form asks for one."""

import hashlib
from datetime import date, datetime, time
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

import pycountry
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone

from accounts import zones
from accounts.models import ApplicationEvent, ApplicationTask, Contact, Interview, TrackedApplication, User
from accounts.models.tracked import MAX_EVENT_NOTE, MAX_TEXT
from accounts.models.tracked_parts import MAX_DOCUMENT
from accounts.models.tracking_words import InterviewKind, Status
from accounts.tracker.documents import Document, DocumentRefused, read_document, too_large
from jobs.reading.addresses import web_address
from jobs.reading.text import visible
from kit.fields import LinesField

FIRST_DAY = date(1970, 1, 1)
LAST_YEAR = 2100
CHANGED = "This was changed in another tab meanwhile, and now says what stands below each field. Save again to replace it"
M = TypeVar("M", bound=Model)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: str, **more: Any) -> forms.DateField:
    words = {"required": "Enter a date", "invalid": "Enter a date such as 2026-10-12"}
    return forms.DateField(label=label, widget=day_input(), input_formats=["%Y-%m-%d"], error_messages=words, **more)


def line(label: str, most: int, required: str = "", **more: Any) -> forms.CharField:
    words = {"required": required, "max_length": f"{label} can have {most:,} characters at most"}
    return forms.CharField(label=label, max_length=most, required=bool(required), error_messages=words, **more)


def lines(label: str, most: int, **more: Any) -> LinesField:
    found = LinesField(label=label, max_length=most, required=False, **more)
    found.error_messages["max_length"] = f"{label} can have {most:,} characters at most. This has %(show_value)d"
    found.widget.attrs["rows"] = 4
    del found.widget.attrs["maxlength"]  # browsers cut off what is pasted and say nothing
    return found


class VisibleMixin(forms.BaseForm):
    """Drops characters that nobody sees from every text."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return {name: visible(value) if isinstance(value, str) else value for name, value in cleaned.items()}


def check_url(value: str) -> str:
    """A web address, with https:// put before one that lacks it. Raises ValidationError."""
    text = value.strip()
    if not text:
        return ""
    address = web_address(text if "://" in text else f"https://{text}")
    if not address:
        raise ValidationError("Enter a web address such as https://example.com/jobs/12")
    return address


def check_day(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError("This day is still to come. Add a task or an interview for what is planned")
    if day < FIRST_DAY:
        raise ValidationError("Enter a day from 1970 on")
    return day


def moment_of(day: date, before: datetime | None = None) -> datetime:
    """A day as a moment: today is now, the day of `before` is that moment, any other is noon of that day."""
    if before and timezone.localdate(before) == day:
        return before
    if day == timezone.localdate():
        return timezone.now()
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())


class SeenMixin(forms.Form):
    """`seen`: the number of the last event when the page was made (accounts.tracker.history)."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, error_messages=dict.fromkeys(("required", "invalid"), "Load the page again")
    )


class MoveForm(SeenMixin):
    status = forms.ChoiceField(choices=Status, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose where to move it"))


class EventForm(VisibleMixin, SeenMixin):
    status = forms.ChoiceField(
        label="What happened", choices=Status, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what happened")
    )
    day = day_field("When")
    note = lines("Note", MAX_EVENT_NOTE)

    def clean_day(self) -> date:
        return check_day(self.cleaned_data["day"])

    @classmethod
    def for_event(cls, event: ApplicationEvent, seen: int) -> "EventForm":
        initial = {"status": event.status, "day": timezone.localdate(event.happened_at), "note": event.note, "seen": seen}
        return cls(initial=initial)


class AddForm(VisibleMixin, forms.Form):
    """A job that was found elsewhere."""

    title = line("Job title", 200, "Enter the job title")
    employer = line("Employer", 200)
    place = line("Place", 200)
    url = line("Address of the ad", 1000, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}))
    status = forms.ChoiceField(
        label="How far it is", choices=Status, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how far it is")
    )
    day = day_field("Since when")
    note = lines("Note", MAX_TEXT)
    again = forms.BooleanField(label="Add it although I have one like it", required=False)

    def clean_title(self) -> str:
        title = " ".join(visible(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError("Enter the job title")
        return title

    def clean_employer(self) -> str:
        return " ".join(visible(self.cleaned_data["employer"]).split())

    def clean_place(self) -> str:
        return " ".join(visible(self.cleaned_data["place"]).split())

    def clean_url(self) -> str:
        return check_url(self.cleaned_data["url"])

    def clean_day(self) -> date:
        return check_day(self.cleaned_data["day"])


class EditForm(VisibleMixin, forms.ModelForm[M]):
    """Changes a row, unless it was changed since the page was made: `state` is a digest of what the page showed.

    What another tab wrote then stands beside the fields, what was typed here stays, and saving again replaces it.
    """

    state = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_stale = False
        self.initial["state"] = self.state_now()

    def state_now(self) -> str:
        """Of the row as it is in the database: before a form is validated its instance is that."""
        values = [str(self.initial.get(name, "")) for name in self.fields if name != "state"]
        return hashlib.sha256("\x00".join(values).encode()).hexdigest()[:32]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("state") != self.initial["state"] and self._differs():
            self.is_stale = True
            self.add_error(None, ValidationError(CHANGED))
            for name in self.fields:
                if name in self.changed_data and name != "state":
                    self[name].help_text = f"It says now: {self.initial.get(name) or 'nothing'}"
            data = QueryDict(mutable=True)
            data.update(self.data)
            data[self.add_prefix("state")] = self.initial["state"]
            self.data = data
        return cleaned

    def _differs(self) -> bool:
        """Whether saving would change anything; a second click on Save would not."""
        return any(name != "state" for name in self.changed_data)


class FactsForm(EditForm[TrackedApplication]):
    class Meta:
        model = TrackedApplication
        fields: ClassVar = ["title", "employer", "place", "url", "note"]

    title = line("Job title", 200, "Enter the job title")
    employer = line("Employer", 200)
    place = line("Place", 200)
    url = line("Address of the ad", 1000, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}))
    note = lines("Note", MAX_TEXT)

    def clean_title(self) -> str:
        title = " ".join(visible(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError("Enter the job title")
        return title

    def clean_url(self) -> str:
        return check_url(self.cleaned_data["url"])


class SalaryForm(EditForm[TrackedApplication]):
    class Meta:
        model = TrackedApplication
        fields: ClassVar = ["salary_minimum", "salary_maximum", "salary_currency", "salary_period"]
        labels: ClassVar = {"salary_minimum": "From", "salary_maximum": "To", "salary_period": "Paid"}
        widgets: ClassVar = {name: forms.TextInput(attrs={"inputmode": "decimal"}) for name in ("salary_minimum", "salary_maximum")}

    salary_currency = line("Currency", 3, help_text="Three letters, such as USD.", widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("salary_minimum", "salary_maximum"):
            words = dict.fromkeys(
                ("invalid", "max_digits", "max_whole_digits", "max_decimal_places"), "Enter an amount such as 42500 or 18.50"
            )
            self.fields[name].error_messages |= words

    def clean_salary_currency(self) -> str:
        code = str(self.cleaned_data["salary_currency"]).strip().upper()
        if code and pycountry.currencies.get(alpha_3=code) is None:
            raise ValidationError("Enter the three letters of a currency, such as USD or EUR")
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        low, high = data.get("salary_minimum"), data.get("salary_maximum")
        if any(name in self.errors for name in self.fields):
            return data
        for name, amount in (("salary_minimum", low), ("salary_maximum", high)):
            if amount is not None and amount <= 0:
                self.add_error(name, "Enter an amount above zero")
        if low is None and high is None:
            return data | {"salary_currency": "", "salary_period": ""}
        if low is not None and high is not None and low > high:
            self.add_error("salary_maximum", "This is less than the amount it starts from")
        if not data.get("salary_currency"):
            self.add_error("salary_currency", "Enter the three letters of a currency, such as USD or EUR")
        if not data.get("salary_period"):
            self.add_error("salary_period", "Choose what the amount is paid for")
        return data


class ContactForm(EditForm[Contact]):
    class Meta:
        model = Contact
        fields: ClassVar = ["name", "role", "email", "phone", "note"]

    name = line("Name", 200, "Enter a name")
    role = line("Role", 200)
    email = forms.EmailField(
        label="Email", required=False, max_length=254, error_messages={"invalid": "Enter an email address in the form name@example.com"}
    )
    phone = line("Phone", 40)
    note = lines("Note", 2000)


class TaskForm(EditForm[ApplicationTask]):
    class Meta:
        model = ApplicationTask
        fields: ClassVar = ["text", "due_on"]

    text = line("What to do", 300, "Enter what to do")
    due_on = day_field("By when", required=False, help_text="We remind you in the morning of that day.")

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day and not FIRST_DAY <= day <= date(LAST_YEAR, 1, 1):
            raise ValidationError(f"Enter a day before {LAST_YEAR}")
        return day


class InterviewForm(EditForm[Interview]):
    class Meta:
        model = Interview
        fields: ClassVar = ["kind", "day", "at", "zone", "minutes", "place", "people", "note"]

    day = day_field("Day")
    at = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Enter a time", "invalid": "Enter a time such as 14:30"},
    )
    zone = forms.ChoiceField(label="Time zone", help_text="The clocks by which the time was agreed.")
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=5,
        max_value=1440,
        initial=60,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Enter how many minutes it takes, from 5 to 1440"),
    )
    place = line("Place or link", 1000)
    people = line("Who you meet", 300)
    note = lines("Note", 2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        instance: Interview = kwargs["instance"]
        zone = instance.zone or user.time_zone
        kwargs["initial"] = {"zone": zone}
        if instance.pk:
            kwargs["initial"] |= {"day": instance.there.date(), "at": instance.there.time().replace(second=0, microsecond=0)}
        super().__init__(*args, **kwargs)
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = zones.choices(zone)
        field.error_messages["invalid_choice"] = field.error_messages["required"] = "Choose a time zone from the list"
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "Choose one"), *InterviewKind.choices]
        kind.error_messages["required"] = kind.error_messages["invalid_choice"] = "Choose what kind of interview it is"

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= date(LAST_YEAR, 1, 1):
            raise ValidationError(f"Enter a day before {LAST_YEAR}")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "day" in data and "at" in data and "zone" in data:
            moment = _moment(data["day"], data["at"], ZoneInfo(data["zone"]))
            if moment is None:
                self.add_error("at", "The clocks are put forward over this time that day, so it does not exist. Enter another")
            else:
                self.instance.starts_at = moment
        return data


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """None for a time that the clocks skip. Of one that comes twice, the first."""
    wanted = datetime.combine(day, at, tzinfo=zone)
    back = wanted.astimezone(ZoneInfo("UTC")).astimezone(zone)
    return wanted.astimezone(ZoneInfo("UTC")) if back.replace(tzinfo=None) == wanted.replace(tzinfo=None) else None


class DocumentForm(forms.Form):
    file = forms.FileField(
        label="File",
        allow_empty_file=True,  # read_document has words for it
        help_text=f"PDF, DOCX, plain text, or a picture (PNG, JPEG, WebP), up to {MAX_DOCUMENT // 1024**2} MB. Only you can open it.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt,.md,.png,.jpg,.jpeg,.webp"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), "Choose a file"),
    )

    def clean_file(self) -> Document:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_DOCUMENT:
            raise ValidationError(too_large(upload.size))
        try:
            return read_document(upload.read(), upload.name)
        except DocumentRefused as reason:
            raise ValidationError(str(reason)) from reason

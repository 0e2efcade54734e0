"""allauth's forms in our words. What they check and do stays allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase

from accounts import zones
from accounts.models import User

MAX_EMAIL = 254  # the column's; Django's form field would take 320

NEW_PASSWORD = "12 characters or more. A short sentence works well."  # noqa: S105

# Field -> label, hint, what to say when it is empty.
WORDS = {
    "login": ("Email address", "", "Enter your email address"),
    "email": ("Email address", "", "Enter your email address"),
    "password": ("Password", "", "Enter your password"),
    "oldpassword": ("Current password", "", "Enter your current password"),
    "password1": ("Password", NEW_PASSWORD, "Choose a password of 12 characters or more"),
    "password2": ("Password again", "", "Enter the new password a second time"),
    "code": ("Code", "", "Enter the code"),
    "name": ("Name", "So that you can tell your passkeys apart: Laptop, Phone.", "Enter a name"),
    "passwordless": ("Sign in with this passkey alone", "Needs a fingerprint, face or PIN on the device. No password then.", ""),
}


class PlainWords(forms.Form):
    """Labels, hints and messages of WORDS; no placeholders, which vanish while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text, field.error_messages["required"] = WORDS[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = "Enter an email address in the form name@example.com"
                field.validators.append(MaxLengthValidator(MAX_EMAIL, "Enter an email address of 254 characters at most"))


class LoginForm(PlainWords, account.LoginForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        """A refusal belongs to the password: the summary above the form leads there."""
        try:
            super().clean()
        except ValidationError as refusal:
            self.add_error("password", refusal)
        return self.cleaned_data


class SignupForm(PlainWords, account.SignupForm):  # type: ignore[misc]
    """Makes the account and its address together or not at all, and takes equally long for a known address."""

    account_already_exists: bool
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def clean_time_zone(self) -> str:
        return zones.known(self.cleaned_data["time_zone"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # the time that hashing takes for a new address
        else:
            try:
                with transaction.atomic():
                    return self.save(request), None
            except IntegrityError:  # somebody took the address a moment ago: a double click, most often
                self.account_already_exists = True
        result: tuple[User | None, HttpResponseBase | None] = super().try_save(request)
        return result


class AddEmailForm(PlainWords, account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New email address"


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):  # type: ignore[misc]
    password2 = None  # one can look at what one typed; and there is the mail to reset it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"


class SetPasswordForm(PlainWords, account.SetPasswordForm):  # type: ignore[misc]
    password2 = None


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(PlainWords, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailVerificationCodeForm(PlainWords, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class TwoStepForm(PlainWords, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmByCodeForm(PlainWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass

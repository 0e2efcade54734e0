"""allauth's passkey forms, safe from rubbish: fido2 raises whatever it stumbles over in a malformed credential."""

import json
import struct
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from accounts.entrance import PlainWords

MAX_CREDENTIAL = 20_000  # characters; real ones have a few thousand
BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError, struct.error)
MESSAGE = "The passkey did not work. Try it again, or use another way"


class CredentialField(forms.CharField):
    """A JSON object as the browser makes it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(max_length=MAX_CREDENTIAL, error_messages={"required": MESSAGE, "max_length": MESSAGE})

    def clean(self, value: Any) -> dict[str, Any]:
        try:
            credential = json.loads(super().clean(value))
        except (ValueError, RecursionError) as error:  # too deep, or a number of thousands of digits
            raise ValidationError(MESSAGE) from error
        if not isinstance(credential, dict) or not credential:  # allauth would add an empty one unchecked
            raise ValidationError(MESSAGE)
        return credential


class Checked(forms.Form):
    """For forms that check the signature of a known passkey."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except BROKEN as error:
            raise ValidationError(MESSAGE) from error


class SignInForm(Checked, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class SecondStepForm(Checked, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ConfirmForm(Checked, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddForm(PlainWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except BROKEN as error:
            raise ValidationError(MESSAGE) from error


class RenameForm(PlainWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    pass

"""Form fields that several rooms use."""

from django import forms


class LinesField(forms.CharField):
    """Text of several lines. Browsers send two characters for a line break but count one, so we count one too."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

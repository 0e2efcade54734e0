"""Figures of all guides: what each says, where it comes from, and how old it is."""

from careers.models import Outlook, PayBand
from newsroom.figures.words import receipt, said

Figure = PayBand | Outlook

__all__ = ["Figure", "receipt", "said"]

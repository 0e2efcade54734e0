"""The plain types of a guide document: what a line, a prose text, an address or an amount may be."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character, which cannot be stored")
    return text


def _line_ends(text: object) -> object:
    """A browser sends the line ends of a text area as CR LF, a file has LF: the text is the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def _address(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"']+", url):
        raise ValueError("must be an address that starts with https:// or http://")
    return url


def _slug(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or "-vs-" in f"-{slug}-":
        raise ValueError("must be lowercase words joined by hyphens, without the word 'vs'")
    return slug


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\r\n]*$"), AfterValidator(_no_nul)
]
IS_PROSE = "prose"  # marks fields whose text is Markdown, for `careers.document.prose`
Text = Annotated[str, BeforeValidator(_line_ends)]  # may have several lines
Prose = Annotated[Text, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_no_nul), IS_PROSE]
Url = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_slug)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]  # ISO 3166-1 alpha-2
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]  # ISO 4217
Amount = Annotated[int, Field(gt=0, lt=100_000_000)]
Months = Annotated[int, Field(ge=0, le=180)]
Years = Annotated[int, Field(ge=0, le=60)]
Percent = Annotated[float, Field(ge=-100, le=1000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

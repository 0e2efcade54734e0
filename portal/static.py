"""Static files in production: hashed and compressed by WhiteNoise, and our own CSS and scripts without comments and needless spaces."""

from typing import Any

from django.core.files.base import ContentFile, File
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("css/", "js/")  # what packages bring is as small as they want it


def minified(name: str, body: bytes) -> bytes:
    """The file as it goes out; what is not ours, or no text, as it is."""
    if not name.startswith(OURS):
        return body
    if name.endswith(".css"):
        return bytes(cssmin(body))
    return bytes(jsmin(body)) if name.endswith(".js") else body


class SmallStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """What collectstatic copies is made small on the way, so hash and compression are of the small form."""

    def _save(self, name: str, content: File[Any]) -> str:
        slashed = name.replace("\\", "/")
        if slashed.startswith(OURS) and slashed.endswith((".css", ".js")):
            content = ContentFile(minified(slashed, b"".join(content.chunks())))
        return str(super()._save(name, content))

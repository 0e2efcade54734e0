"""Pictures that staff upload, made into the file that we serve: pixels only, in one format, small."""

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from ads.models.picture import MAX_STORED

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_UPLOAD = 1_000_000  # bytes
MAX_PIXELS = 12_000_000  # looked at before anything is decoded: 48 MB when it is
LEAST = (200, 100)
FITS = (600, 400)  # twice the box, for dense screens
QUALITIES = (75, 60, 45)

# All that Pillow raises for files that are broken, cut off or built to harm.
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
)


class PictureRefused(Exception):
    """Why an upload is no picture for an ad, in words for the person who chose it."""


@dataclass(frozen=True)
class Prepared:
    """A WebP file without metadata."""

    data: bytes
    digest: str
    width: int
    height: int


def prepare(upload: UploadedFile[Any]) -> Prepared:
    """Decode and encode anew, so that nothing of the upload is kept but its pixels. Raises PictureRefused."""
    if (upload.size or 0) > MAX_UPLOAD:
        raise PictureRefused("The file is larger than 1 MB.")
    return prepare_bytes(upload.read())


def prepare_bytes(raw: bytes) -> Prepared:
    """Raises PictureRefused."""
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _refuse_by_header(image)
            pixels = _pixels(image)
    except BROKEN as error:
        raise PictureRefused("This is not a picture that we can read. Choose a PNG, JPEG or WebP file.") from error
    data = _encoded(pixels)
    return Prepared(data, hashlib.sha256(data).hexdigest()[:32], *pixels.size)


def _refuse_by_header(image: Image.Image) -> None:
    """What the first bytes tell, before any pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PictureRefused(f"The picture has {width} × {height} pixels; at most {MAX_PIXELS // 1_000_000} million are allowed.")
    if width < LEAST[0] or height < LEAST[1]:
        raise PictureRefused(f"The picture has {width} × {height} pixels; it needs {LEAST[0]} × {LEAST[1]} or more.")
    if getattr(image, "n_frames", 1) > 1:
        raise PictureRefused("The picture is animated. Ads stand still.")


def _pixels(image: Image.Image) -> Image.Image:
    """Turned as the camera held it, no larger than needed, and a fresh image: it has no metadata to lose."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    is_clear = turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info
    plain = turned.convert("RGBA" if is_clear else "RGB")
    plain.thumbnail(FITS, Image.Resampling.LANCZOS)
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _encoded(pixels: Image.Image) -> bytes:
    for quality in QUALITIES:
        out = BytesIO()
        pixels.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MAX_STORED:
            return out.getvalue()
    raise PictureRefused("The picture is too detailed to be sent in a small file. Choose a calmer one.")

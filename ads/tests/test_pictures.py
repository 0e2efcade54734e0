"""What staff upload is never what we serve: hostile files are refused, the others are made anew."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from ads.models.picture import MAX_STORED
from ads.pictures import PictureRefused, prepare, prepare_bytes
from ads.tests.factories import add_picture, image_bytes, make_ad

PAYLOAD = b"<script>alert(1)</script><?php system('id'); ?>PK\x03\x04"


def opened(data):
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_webp(kind):
    made = prepare_bytes(image_bytes(kind, (1600, 800)))
    assert opened(made.data).format == "WEBP"
    assert (made.width, made.height) == opened(made.data).size == (600, 300)
    assert len(made.data) < MAX_STORED


def test_the_same_picture_has_the_same_name():
    assert prepare_bytes(image_bytes()).digest == prepare_bytes(image_bytes()).digest != prepare_bytes(image_bytes(color="red")).digest


def test_what_is_clear_stays_clear():
    out = BytesIO()
    Image.new("RGBA", (300, 150), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(prepare_bytes(out.getvalue()).data).getpixel((5, 5))[3] == 0


def animated(kind):
    out = BytesIO()
    frames = [Image.new("RGB", (300, 150), color) for color in ("red", "blue", "green")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def png(width, height, data=b""):
    """A PNG that claims a size, with whatever data."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def text_bomb():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 5_000_000, zip=True)
    out = BytesIO()
    Image.new("RGB", (300, 150)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><img src=x onerror=alert(1)>",
    "a page that starts like a gif": b"GIF89a/*" + PAYLOAD,
    "gif": animated("GIF"),
    "animated png": animated("PNG"),
    "animated webp": animated("WEBP"),
    "cut off": image_bytes(size=(800, 400))[:200],
    "cut off jpeg": image_bytes("JPEG", (1600, 800), quality=95)[:900],
    "bomb of a billion pixels": png(40_000, 40_000),
    "bomb of 13 million pixels": png(5_200, 2_500, b"\0" * 1000),
    "bomb in the text": text_bomb(),
    "data of another size": png(300, 150, b"\0" * 10),
    "tiff": image_bytes("TIFF"),
    "bmp": image_bytes("BMP"),
    "too small": image_bytes(size=(199, 150)),
    "a tracking pixel": image_bytes(size=(1, 1)),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 150\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_words(what):
    with pytest.raises(PictureRefused) as refused:
        prepare_bytes(HOSTILE[what])
    assert str(refused.value).endswith(".")


def test_a_large_file_is_refused_before_it_is_read():
    upload = SimpleUploadedFile("large.png", b"x" * 1_000_001)
    with pytest.raises(PictureRefused, match="1 MB"):
        prepare(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_hides_behind_a_picture_is_gone(kind):
    made = prepare_bytes(image_bytes(kind) + PAYLOAD)
    assert PAYLOAD[:20] not in made.data


def test_position_and_other_metadata_are_gone():
    exif = Image.Exif()
    exif[0x010E] = "secret description"
    exif.get_ifd(0x8825)[1] = "N"
    raw = image_bytes("JPEG", exif=exif, comment=b"secret comment")
    assert b"secret" in raw
    made = opened(prepare_bytes(raw).data)
    assert not made.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(made.info)


def test_a_picture_taken_upright_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = prepare_bytes(image_bytes("JPEG", (400, 200), exif=exif))
    assert made.height > made.width


@pytest.mark.django_db
def test_a_picture_is_served_for_good_under_its_own_type(client):
    picture = add_picture(make_ad())
    response = client.get(picture.get_absolute_url())
    assert response.content == bytes(picture.data)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert {"public", "immutable", "max-age=31536000"} == set(response["Cache-Control"].split(", "))
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.django_db
def test_a_picture_that_is_gone_is_a_404(client):
    assert client.get(reverse("ads:picture", args=["0" * 32])).status_code == 404

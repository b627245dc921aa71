"""What cameras write into pictures does not stay; the picture does."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from tropa.errors import TropaError
from tropa.workspace.pictures import bare

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SECRETS = (b"Nokia 3310", b"Anna Petrova", b"Exif", b"eXIf", b"GPS", b"xpacket", b"hidden film", b"2026:03:14")
XMP = b"<?xpacket begin=''?><x:xmpmeta>Anna Petrova</x:xmpmeta>"


def drawn(size: tuple[int, int] = (24, 16)) -> Image.Image:
    image = Image.new("RGB", size)
    image.putdata([(x * 10 % 256, y * 16 % 256, (x + y) * 6 % 256) for y in range(size[1]) for x in range(size[0])])
    return image


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Make] = "Nokia 3310"
    told[ExifTags.Base.Artist] = "Anna Petrova"
    told[ExifTags.Base.DateTime] = "2026:03:14 09:30:00"
    told[ExifTags.Base.Orientation] = orientation
    place = told.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (55.0, 45.0, 20.0)
    place[ExifTags.GPS.GPSProcessingMethod] = b"GPS"
    return told


def picture(form: str, orientation: int = 1, **more: Any) -> bytes:
    """A picture that tells as much about itself as its format can."""
    said: dict[str, Any] = {"comment": b"Anna Petrova"} if form in ("JPEG", "GIF") else {}
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "Anna Petrova")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        said["pnginfo"] = text
    if form in ("JPEG", "WEBP"):
        said["xmp"] = XMP
    if form != "GIF":
        said["exif"] = exif(orientation)
    file = io.BytesIO()
    drawn().save(file, form, **said, **more)
    return file.getvalue() + b"hidden film"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_said_about_a_picture_goes_and_the_picture_stays(form: str, orientation: int) -> None:
    content = picture(form, orientation)
    assert any(secret in content for secret in SECRETS[:2])
    left, ending = bare(content)
    assert ending == {"JPEG": "jpg"}.get(form, form.lower())
    told = opened(left).getexif()
    turned = form != "GIF" and orientation != 1
    assert dict(told) == ({ExifTags.Base.Orientation: 6} if turned else {}) and not told.get_ifd(ExifTags.IFD.GPSInfo)
    said = [secret for secret in SECRETS if secret in left]
    assert said == ([] if not turned else [mark for mark in (b"Exif", b"eXIf") if mark in left])
    assert set(opened(left).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "exif", "background",
                                      "version", "loop", "timestamp", "duration", "extension", "dpi"}  # fmt: skip
    shown = [ImageOps.exif_transpose(opened(one)).convert("RGB").tobytes() for one in (left, content)]
    assert shown[0] == shown[1]
    assert bare(left) == (left, ending), "what is bare stays as it is"


def test_a_progressive_picture_with_restarts_stays_whole() -> None:
    content = picture("JPEG", progressive=True, restart_marker_blocks=1)
    left, _ = bare(content)
    assert opened(left).tobytes() == opened(content).tobytes() and left.endswith(b"\xff\xd9")


def test_colours_stay_as_they_were() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG", "WEBP"):
        left, _ = bare(picture(form, icc_profile=profile))
        assert opened(left).info["icc_profile"] == profile


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_picture_that_moves_goes_on_moving(form: str) -> None:
    file = io.BytesIO()
    frames = [drawn().rotate(angle) for angle in (90, 180)]
    drawn().save(file, form, save_all=True, append_images=frames, duration=80, loop=3, lossless=True)
    left, _ = bare(file.getvalue())
    moving = opened(left)
    assert getattr(moving, "n_frames", 1) == 3 and moving.info["loop"] == 3
    assert moving.tobytes() == opened(file.getvalue()).tobytes()


@pytest.mark.parametrize("form", FORMATS)
def test_a_broken_picture_is_refused(form: str) -> None:
    content = picture(form).removesuffix(b"hidden film")
    for end in (14, len(content) // 2, len(content) - 1):
        with pytest.raises(TropaError, match="broken") as told:
            bare(content[:end])
        assert told.value.kind == "usage"
    with pytest.raises(TropaError, match="no picture"):
        bare(b"<svg onload='alert(1)'/>")

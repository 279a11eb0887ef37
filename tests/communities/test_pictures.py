import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image, ImageChops, ImageCms

from communities import pictures


def upload(image, kind="JPEG", name="手机照片.jpg", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return SimpleUploadedFile(name, file.getvalue())


def cleaned(file):
    return Image.open(pictures.clean_picture(file))


def drawing():
    """A picture whose four corners differ."""
    image = Image.new("RGB", (400, 300), "white")
    for corner, colour in (((0, 0), "red"), ((200, 0), "lime"), ((0, 150), "blue")):
        image.paste(colour, (*corner, corner[0] + 200, corner[1] + 150))
    return image


def alike(one, other):
    """Whether two pictures show the same, but for what saving a JPEG costs."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    # Where two colours meet a JPEG is never exact.
    small = difference.resize((8, 6), Image.Resampling.BOX)
    return one.size == other.size and max(high for _low, high in small.getextrema()) < 24


def test_phone_picture_loses_its_place_and_everything_else_it_tells():
    exif = Image.Exif()
    exif[0x010F] = "Handy GmbH"
    exif[0x9286] = "Kommentar"
    exif.get_ifd(0x8825)[2] = (30.0, 49.0, 12.0)  # GPSLatitude
    file = upload(drawing(), exif=exif, comment=b"Kommentar", xmp=b"<x:xmpmeta>Kommentar")
    raw = pictures.clean_picture(file).read()
    image = Image.open(io.BytesIO(raw))
    assert not image.getexif()
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "icc_profile",
    } | {
        "progressive",
        "progression",
    }
    assert b"Kommentar" not in raw
    assert b"Handy" not in raw


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "held"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
        (9, None),
    ],
)
def test_picture_comes_out_upright_however_the_camera_was_held(kind, orientation, held):
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = orientation
    taken = drawing() if held is None else drawing().transpose(held)
    assert alike(cleaned(upload(taken, kind, exif=exif)), drawing())


def test_picture_whose_exif_is_garbage_is_taken_as_it_is():
    exif = b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xff" * 40
    assert alike(cleaned(upload(drawing(), exif=exif)), drawing())


def exchanged():
    """A colour profile in which red's number means green, and green's red."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return plain.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_of_another_profile_become_those_every_screen_shows(kind):
    image = cleaned(upload(Image.new("RGB", (40, 40), "red"), kind, icc_profile=exchanged()))
    red, green, _blue = image.getpixel((20, 20))
    assert green > 200 > 60 > red
    kept = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(kept)


def test_transparent_parts_survive_another_profile():
    half = Image.new("RGBA", (40, 40), (255, 0, 0, 128))
    image = cleaned(upload(half, "PNG", icc_profile=exchanged()))
    red, green, _blue, alpha = image.getpixel((20, 20))
    assert (green > 200 > 60 > red, alpha) == (True, 128)


def test_broken_profile_costs_no_picture():
    assert alike(cleaned(upload(drawing(), icc_profile=b"no profile")), drawing())


def test_picture_for_the_press_becomes_one_for_the_screen():
    red, green, blue = cleaned(upload(Image.new("CMYK", (9, 9), (0, 255, 255, 0)))).getpixel((4, 4))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_grey_of_sixteen_bits_stays_grey():
    image = cleaned(upload(Image.new("I;16", (40, 40), 0x8000), "PNG"))
    assert 120 < image.getpixel((20, 20))[0] < 136


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((2400, 1800), (2400, 1800)),
        ((4032, 3024), (2400, 1800)),
        ((3024, 4032), (1800, 2400)),
        ((8000, 6000), (2400, 1800)),
        ((12000, 4000), (3600, 1200)),  # a panorama keeps its height
        ((1080, 9000), (492, 4096)),  # a long screenshot stays legible
        ((60_000, 1), (4096, 1)),
        ((30, 20), (30, 20)),
    ],
)
def test_size_in_which_a_picture_is_kept(size, kept):
    assert pictures.fitting(*size) == kept
    assert pictures.fitting(*size[::-1]) == kept[::-1]


MEASURE = """
import resource, sys
from pathlib import Path
from django.conf import settings
settings.configure()
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from communities import pictures
upload = SimpleUploadedFile("a.jpg", Path(sys.argv[1]).read_bytes())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept = pictures.clean_picture(upload)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(*Image.open(kept).size, (after - before) // 1024)
"""


@pytest.mark.parametrize(
    ("size", "kept", "options"),
    [
        ((8000, 6000), (2400, 1800), {}),
        ((8000, 6000), (2400, 1800), {"progressive": True}),
        ((12000, 4000), (3600, 1200), {}),
        ((12000, 9000), (2400, 1800), {}),
    ],
)
def test_picture_of_a_good_phone_needs_little_memory(tmp_path, size, kept, options):
    file = tmp_path / "large.jpg"
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, quality=80, **options)
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)],
        cwd=Path(pictures.__file__).parent.parent,
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    *shape, megabytes = map(int, measured.stdout.split())
    assert tuple(shape) == kept
    # Decoded whole it would be 144 to 324 MB, and as much again while it is made smaller.
    assert megabytes < (240 if options else 140)


def test_transparent_picture_stays_transparent():
    image = cleaned(upload(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG", "章.png"))
    assert image.format == "PNG"
    assert image.convert("RGBA").getpixel((1, 1))[3] == 0


def test_name_keeps_its_stem_and_loses_its_folders():
    kept = pictures.clean_picture(upload(Image.new("RGB", (9, 9)), name="a/b/义诊.JPEG"))
    assert kept.name == "义诊.jpg"


def bomb():
    """A PNG of a few kilobytes that says it is 30,000 pixels square."""
    file = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(file, "PNG")
    return file.getvalue()


def media(brand, *others):
    """The head of a file as phones write their newer pictures and their films."""
    brands = brand + b"\0\0\0\0" + b"".join(others)
    return (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + b"\0" * 400


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "other_kind"),
        (b"<html><script>alert(1)</script></html>", "no_picture"),
        (b"GIF89a" + b"\0" * 40, "other_kind"),
        (b"%PDF-1.7\n" + b"\0" * 40, "other_kind"),
        (b"PK\x03\x04" + b"\0" * 40, "other_kind"),
        (media(b"heic", b"mif1", b"heic"), "heic"),
        (media(b"mif1", b"heic", b"MiHE"), "heic"),
        (media(b"avif", b"mif1", b"miaf"), "other_kind"),
        (media(b"qt  "), "video"),
        (media(b"isom", b"iso2", b"mp41"), "video"),
        (b"\xff\xd8\xff\xe0" + b"broken" * 50, "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"broken" * 50, "broken"),
        ("只是改了后缀的文字".encode(), "no_picture"),
        (b"\0" * 4000, "no_picture"),
    ],
)
def test_what_is_no_picture_is_refused_by_what_it_is(raw, code):
    with pytest.raises(ValidationError) as refused:
        pictures.clean_picture(SimpleUploadedFile("照片.jpg", raw, "image/jpeg"))
    assert refused.value.code == code
    # A sentence a person can act on, in which every blank is filled.
    assert re.search(r"[.。]$", refused.value.messages[0])
    assert "%(" not in refused.value.messages[0]


def test_iphone_picture_is_refused_with_what_to_do():
    with pytest.raises(ValidationError) as refused:
        pictures.clean_picture(SimpleUploadedFile("IMG_0001.HEIC", media(b"heic", b"mif1")))
    with translation.override("en"):
        words = refused.value.messages[0]
    assert "Most Compatible" in words
    assert "JPEG" in words


@pytest.mark.parametrize("name", ["照片.HEIC", "照片.txt", "照片"])
def test_what_is_a_picture_is_taken_whatever_its_name(name):
    assert pictures.clean_picture(upload(Image.new("RGB", (9, 9)), name=name)).name == "照片.jpg"


def test_two_pictures_in_one_file_give_the_first():
    """Phones put the same view twice into a JPEG, or a film behind it."""
    second = Image.new("RGB", (200, 150))
    image = cleaned(upload(drawing(), "MPO", save_all=True, append_images=[second]))
    assert alike(image, drawing())


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animation_gives_its_first_picture(kind):
    later = Image.new("RGB", (400, 300))
    assert alike(cleaned(upload(drawing(), kind, save_all=True, append_images=[later])), drawing())


def test_screenshot_without_transparent_parts_becomes_a_jpeg():
    assert cleaned(upload(drawing().convert("RGBA"), "PNG")).format == "JPEG"


def test_decompression_bomb_is_refused_by_its_header():
    raw = bomb()
    assert len(raw) < 200_000
    with pytest.raises(ValidationError) as refused:
        pictures.clean_picture(SimpleUploadedFile("照片.png", raw))
    assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_cut_short_is_refused(kind):
    whole = upload(Image.effect_noise((300, 300), 50), kind).read()
    with pytest.raises(ValidationError) as refused:
        pictures.clean_picture(SimpleUploadedFile("照片.jpg", whole[: len(whole) // 2]))
    assert refused.value.code == "broken"


def test_huge_file_is_refused_unread():
    file = SimpleUploadedFile("照片.jpg", b"x")
    file.size = pictures.MOST_BYTES + 1
    with pytest.raises(ValidationError) as refused:
        pictures.clean_picture(file)
    assert refused.value.code == "too_large"

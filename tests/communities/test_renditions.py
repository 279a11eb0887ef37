"""Renditions of pictures: made aside, once, and shown as soon as they are there."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from articles.models import Photo, gate
from communities.models import StationPhoto
from communities.models.cuts import thumb, whole
from communities.rendering import prune, render, rendered_models, retry, work_off
from communities.templatetags.pictures import HIGHEST, ROOMS, SMALL, sizes
from issues.models import PressSheet
from tests.factories import (
    make_article,
    make_community,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_press,
    make_section,
    make_station,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings):
    """Return a function that says which files of renditions there are, by their own names."""

    def names() -> list[str]:
        folder = Path(settings.MEDIA_ROOT) / "sized"
        return sorted(path.name for path in folder.rglob("*.*"))

    return names


def drawn(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> ContentFile:
    """Draw a picture: red above, blue below."""
    image = Image.new(mode, (width, height), "red")
    image.paste(Image.new(mode, (width, height // 2), "blue"), (0, height - height // 2))
    file = io.BytesIO()
    image.save(file, kind)
    return ContentFile(file.getvalue(), name=f"drawn.{kind.lower()}")


def replace(photo: Photo, **fields: object) -> None:
    with gate.opened():
        for name, value in fields.items():
            setattr(photo, name, value)
        photo.save()


# What is made


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (30, [30]),
        (320, [320]),
        (340, [340]),
        (850, [320, 480, 850]),
        (1500, [320, 480, 800, 1200, 1500]),
        (4096, [320, 480, 800, 1200, 1600]),
    ],
)
def test_widths_are_five_at_most_and_none_above_the_picture(width, widths):
    assert whole(width, 100).widths == widths


def test_every_kind_of_picture_is_rendered():
    assert {model.__name__ for model in rendered_models()} == {
        "Photo",
        "StationPhoto",
        "Community",
        "PressSheet",
    }


def test_picture_is_made_in_three_formats_within_its_size(made):
    photo = make_photo(make_article(), 400, 300)
    original = photo.image.path, Path(photo.image.path).read_bytes()
    work = render(photo)
    assert (work.name, work.made, work.problem) == (photo.image.name, 6, "")
    assert made() == ["320.avif", "320.jpg", "320.webp", "400.avif", "400.jpg", "400.webp"]
    photo.refresh_from_db()
    seen = set()
    for name in photo.files():
        with photo.image.storage.open(f"{photo.renditions}/{name}") as file:
            image = Image.open(file)
            seen.add((image.format, *image.size))
            assert "icc_profile" not in image.info
            assert not image.getexif()
    assert seen == {
        (kind, width, height)
        for kind in ("AVIF", "WEBP", "JPEG")
        for width, height in ((320, 240), (400, 300))
    }
    assert Path(original[0]).read_bytes() == original[1]


def test_upright_picture_is_cut_around_its_focus_for_lists(made):
    photo = make_photo(make_article(), focus_x=50, focus_y=100)
    replace(photo, image=drawn(200, 400))
    render(photo)
    photo.refresh_from_db()
    shown = photo.shown(small=True)
    assert (shown.width, shown.height) == (200, 133)
    name = f"{photo.renditions}/200-50-100.jpg"
    assert shown.address == f"/media/{name}"
    with photo.image.storage.open(name) as file:
        pixel = Image.open(file).convert("RGB").getpixel((100, 10))
    assert pixel[2] > 200 > pixel[0]
    # The page shows what is whole until the picture is cut around another focus.
    replace(photo, focus_y=0)
    photo.refresh_from_db()
    assert photo.shown(small=True).address == f"/media/{photo.renditions}/200.jpg"
    assert [work.made for work in work_off()] == [3]
    photo.refresh_from_db()
    assert photo.shown(small=True).address == f"/media/{photo.renditions}/200-50-0.jpg"


def test_picture_is_cut_only_where_it_saves_bytes():
    assert thumb(1500, 1000, (50, 50)) is None
    assert thumb(1200, 900, (0, 0)) is None
    cut = thumb(2000, 1000, (100, 0))
    assert cut is not None
    assert (cut.left, cut.top, cut.width, cut.height) == (500, 0, 1500, 1000)
    assert cut.widths == [320, 480, 800]


def test_drawing_with_see_through_parts_stands_on_white():
    photo = make_photo(make_article())
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    file = io.BytesIO()
    image.save(file, "PNG")
    replace(photo, image=ContentFile(file.getvalue(), name="plan.png"))
    render(photo)
    photo.refresh_from_db()
    for ending in ("avif", "webp", "jpg"):
        with photo.image.storage.open(f"{photo.renditions}/20.{ending}") as stored:
            assert min(Image.open(stored).convert("RGB").getpixel((5, 5))) > 250


def test_work_is_done_once_for_the_same_picture(made):
    story = make_article()
    first, second = make_photo(story), make_photo(story)
    works = list(work_off())
    assert [(work.name, work.made) for work in works] == [
        (second.image.name, 3),
        (first.image.name, 0),
    ]
    assert list(work_off()) == []
    assert len(made()) == 3


def test_stopped_work_goes_on_and_makes_a_torn_file_again():
    photo = make_photo(make_article())
    render(photo)
    photo.refresh_from_db()
    torn = Path(photo.image.storage.path(f"{photo.renditions}/30.avif"))
    torn.write_bytes(torn.read_bytes()[:100])
    Photo._base_manager.update(rendered_from="", renditions="")
    assert [work.made for work in work_off()] == [1]
    with Image.open(torn) as image:
        assert image.size == (30, 20)


def test_picture_that_changes_meanwhile_waits_on():
    photo = make_photo(make_article())
    stale = Photo.objects.get(pk=photo.pk)
    replace(photo, image=drawn(40, 20))
    render(stale)
    photo.refresh_from_db()
    assert not photo.is_rendered
    assert photo.shown().address == photo.image.url
    assert [work.name for work in work_off()] == [photo.image.name]


def test_looking_for_work_is_one_query_a_model():
    with CaptureQueriesContext(connection) as queries:
        assert list(work_off()) == []
    assert len(queries) == len(rendered_models())


# What goes wrong


def test_broken_and_missing_pictures_are_reported_once(capsys):
    story = make_article()
    broken, missing, sound = make_photo(story), make_photo(story), make_photo(story)
    Path(broken.image.path).write_bytes(b"no picture")
    Path(missing.image.path).unlink()
    call_command("renditions")
    said = capsys.readouterr()
    assert sorted(said.err.splitlines()) == sorted(
        [f"{broken.image.name}: 文件已损坏", f"{missing.image.name}: 文件不见了"]
    )
    assert "1" in said.out
    sound.refresh_from_db()
    broken.refresh_from_db()
    assert (sound.is_rendered, broken.is_rendered) == (True, False)
    assert broken.shown().address == broken.image.url
    call_command("renditions")
    assert capsys.readouterr() == ("", "")
    Path(broken.image.path).write_bytes(drawn(30, 20).read())
    call_command("renditions", "--retry")
    assert capsys.readouterr().err == f"{missing.image.name}: 文件不见了\n"
    broken.refresh_from_db()
    assert broken.is_rendered


def test_full_disk_is_no_fault_of_the_picture(monkeypatch):
    photo = make_photo(make_article())

    def refuse(*_args: object, **_more: object) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    with pytest.raises(CommandError, match="No space left"):
        call_command("renditions")
    photo.refresh_from_db()
    assert photo.rendered_from == ""


# What goes away


def test_prune_removes_what_belongs_to_no_row(made):
    story = make_article()
    kept, gone, moved = make_photo(story), make_photo(story), make_photo(story)
    replace(gone, image=drawn(40, 40))
    replace(moved, image=drawn(20, 40))
    list(work_off())
    replace(moved, focus_y=0)
    list(work_off())
    with gate.opened():
        gone.delete()
    everything = made()
    assert prune(timezone.now() - datetime.timedelta(hours=1)) == 0
    assert made() == everything
    # The square's own and those cut from it; the cuts around the focus of before.
    assert prune(timezone.now() + datetime.timedelta(hours=1)) == 6 + 3
    assert made() == sorted(
        [
            *(f"30.{ending}" for ending in ("avif", "jpg", "webp")),
            *(f"20{cut}.{ending}" for cut in ("", "-50-0") for ending in ("avif", "jpg", "webp")),
        ]
    )
    kept.refresh_from_db()
    folders = Path(kept.image.storage.path("sized")).glob("*/*")
    assert all(any(folder.iterdir()) for folder in folders)
    assert Path(gone.image.path).exists()


def test_prune_lets_nobody_point_at_nothing(monkeypatch):
    photo = make_photo(make_article())
    render(photo)
    photo.refresh_from_db()
    folder = photo.renditions
    Photo._base_manager.update(rendered_from="", renditions="")
    delete = FileSystemStorage.delete

    def claim(storage: FileSystemStorage, name: str) -> None:
        """Let another worker find the files, and say so while they are being cleared away."""
        delete(storage, name)
        Photo._base_manager.update(**photo.mark, renditions=folder)

    monkeypatch.setattr(FileSystemStorage, "delete", claim)
    prune(timezone.now() + datetime.timedelta(hours=1))
    photo.refresh_from_db()
    assert not photo.is_rendered


# What pages show


def test_page_shows_the_picture_itself_until_there_are_renditions(client):
    story = make_article()
    photo = make_photo(story, 400, 300)
    address = story.get_absolute_url()
    before = client.get(address).content.decode()
    assert f'<img src="{photo.image.url}" width="400" height="300"' in before
    assert "<picture>" not in before
    assert 'fetchpriority="high"' in before
    assert f'content="http://testserver{photo.image.url}"' in before
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    list(work_off())
    photo.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    assert len(queries) == len(few)
    base = f"/media/{photo.renditions}"
    avif, webp, jpeg = (
        f'srcset="{base}/320.{ending} 320w, {base}/400.{ending} 400w" sizes="{ROOMS["text"]}"'
        for ending in ("avif", "webp", "jpg")
    )
    assert (
        f'<picture><source type="image/avif" {avif}><source type="image/webp" {webp}>'
        f'<img src="{base}/400.jpg" {jpeg} width="400" height="300"'
    ) in page
    assert f'<a class="full" href="{photo.image.url}">' in page
    assert f'<meta property="og:image" content="http://testserver{base}/400.jpg">' in page


def test_other_sites_get_a_jpeg_of_a_good_size():
    photo = Photo(
        image="a.jpg", width=2400, height=1600, rendered_from="a.jpg", renditions="sized/a"
    )
    shared = photo.shared
    assert (shared.address, shared.width, shared.height) == ("/media/sized/a/1200.jpg", 1200, 800)


def test_list_offers_wide_files_of_its_lead_alone(client):
    section = make_section()
    for headline in ("第一篇", "第二篇"):
        make_photo(make_article(headline, section=section))
    fields = {"image": "x.jpg", "rendered_from": "x.jpg", "renditions": "sized/aa/bb"}
    Photo._base_manager.update(width=1600, height=1000, **fields)
    page = client.get(section.get_absolute_url()).content.decode()
    assert (page.count("/800.avif 800w"), page.count("/1600.avif 1600w")) == (2, 1)
    assert (page.count('fetchpriority="high"'), page.count('loading="lazy"')) == (1, 1)


def test_pictures_of_a_station_and_a_community_are_made(client):
    community = make_community(within=make_district(), alt="大门", image="")
    community.image.save("gate.jpg", drawn(40, 30))
    station = make_station(community=community, kind=make_kind())
    StationPhoto(station=station, alt="门口").image.save("door.jpg", drawn(50, 30))
    assert [work.made for work in work_off()] == [3, 3]
    for place, name in ((community, "40.avif"), (station, "50.avif")):
        page = client.get(place.get_absolute_url()).content.decode()
        assert re.search(rf'<source type="image/avif" srcset="/media/sized/[^"]+/{name} ', page)


def test_page_as_printed_is_offered_in_fewer_bytes(client):
    page = make_page(make_issue(), "A01")
    sheet = make_press(page)
    list(work_off())
    sheet = PressSheet.objects.get()
    html = client.get(page.get_absolute_url()).content.decode()
    assert f'<source type="image/avif" srcset="/media/{sheet.renditions}/90.avif 90w"' in html
    assert f'<img src="{sheet.image.url}"' in html


def test_community_without_a_picture_waits_for_nothing():
    make_community(within=make_district())
    assert list(work_off()) == []
    assert retry() == 0


def test_upright_picture_asks_for_no_more_than_its_height_lets_it_have():
    upright = Photo(width=600, height=1000)
    assert sizes(upright, "text") == "min(22rem, 94vw)"
    assert sizes(upright, "lead") == ROOMS["lead"]
    assert sizes(Photo(width=1000, height=600), "text") == ROOMS["text"]


def test_rooms_that_templates_name_are_known(settings):
    named = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        named |= set(
            re.findall(r'room(?:=|\|default:|=lead_room\|default:)"([a-z-]+)"', path.read_text())
        )
        named |= set(re.findall(r'(?:shown|sizes):"([a-z-]+)"', path.read_text()))
    assert named == set(ROOMS)
    assert set(ROOMS) >= SMALL | set(HIGHEST)


def test_command_refuses_what_does_not_go_together():
    with pytest.raises(CommandError):
        call_command("renditions", "--watch", "--prune")

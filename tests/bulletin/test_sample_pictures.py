"""The sample newspaper's drawn pictures."""

import io
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageStat

from bulletin.sample.pictures import SCENES, draw

SMALL = 240


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def test_scenes_are_the_twenty_the_stories_name():
    assert len(SCENES) == len(set(SCENES)) == 20
    assert {"council-table", "clinic-day", "night-patrol", "village-bridge"} <= set(SCENES)


@pytest.mark.parametrize("scene", SCENES)
def test_draw_fills_a_three_by_two_sheet(scene):
    picture = opened(draw(scene, width=SMALL))
    assert picture.size == (240, 160)
    # A sheet left half empty would be nearly one colour in one of its quarters.
    for left, top in ((0, 0), (120, 0), (0, 80), (120, 80)):
        quarter = picture.crop((left, top, left + 120, top + 80)).convert("L")
        assert ImageStat.Stat(quarter).stddev[0] > 4


@pytest.mark.parametrize("scene", ["chess", "stairwell-wiring"])
def test_draw_gives_the_same_bytes_again(scene):
    assert draw(scene, width=SMALL) == draw(scene, width=SMALL)


def test_draw_makes_every_scene_its_own_picture():
    drawn = [draw(scene, width=SMALL) for scene in SCENES]
    assert len(set(drawn)) == 20
    pictures = [opened(picture) for picture in drawn]
    for first, second in pairwise([*pictures, pictures[0]]):
        difference = ImageChops.difference(first, second).convert("L")
        assert ImageStat.Stat(difference).mean[0] > 20


@pytest.mark.parametrize("scene", ["choir", "school-crossing"])
def test_draw_prints_at_full_size_within_its_weight(scene):
    picture = draw(scene)
    assert Image.open(io.BytesIO(picture)).format == "JPEG"
    assert opened(picture).size == (1500, 1000)
    assert len(picture) <= 160 * 1024


def test_draw_refuses_an_unknown_scene_naming_the_known_ones():
    with pytest.raises(ValueError, match=r"'karaoke'.*council-table"):
        draw("karaoke")


def test_draw_refuses_a_width_of_nothing():
    with pytest.raises(ValueError, match="0 pixels"):
        draw("chess", width=0)

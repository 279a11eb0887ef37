"""The size of a picture lies beside it, and is measured when it has to be."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from articles.models import Photo, gate
from tests.factories import make_article, make_community, make_district, make_photo

pytestmark = pytest.mark.django_db


def jpeg(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "gray").save(file, "JPEG")
    return file.getvalue()


def test_picture_is_measured_when_it_comes_and_when_another_takes_its_place():
    photo = make_photo(make_article(), 30, 20)
    assert (photo.width, photo.height) == (30, 20)
    photo.image = ContentFile(jpeg(44, 33), name="other.jpg")
    assert (photo.width, photo.height) == (44, 33)
    with gate.opened():
        photo.save()
    found = Photo.objects.get()
    assert (found.width, found.height) == (44, 33)


def test_size_that_is_missing_in_the_row_is_measured_when_it_is_read():
    photo = make_photo(make_article(), 30, 20)
    with gate.opened():
        Photo.objects.update(width=0)
    found = Photo.objects.get(pk=photo.pk)
    assert (found.width, found.height) == (30, 20)


def test_picture_that_is_not_there_has_no_size():
    place = make_community(within=make_district())
    place.refresh_from_db()
    assert not place.image
    assert not place.width


def test_row_of_known_size_is_read_without_looking_at_the_picture():
    photo = make_photo(make_article(), 30, 20)
    photo.image.storage.delete(photo.image.name)
    found = Photo.objects.get(pk=photo.pk)
    assert (found.width, found.height) == (30, 20)
    # The file is made of the name when somebody asks for it, as with any other picture.
    assert isinstance(found.__dict__["image"], str)
    assert found.image.name == photo.image.name

import pytest

from communities.models import StationKind
from communities.slugs import pinyin_slug, unique_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("文昌里", "wen-chang-li"),
        ("柳堤“一杯茶”暖心驿站", "liu-di-yi-bei-cha-nuan-xin-yi-zhan"),
        ("第3网格A区", "di-3-wang-ge-a-qu"),
        ("“”", "item"),
        ("", "item"),
    ],
)
def test_pinyin_slug(name, slug):
    assert pinyin_slug(name) == slug


@pytest.mark.django_db
def test_unique_slug_numbers_a_name_that_is_taken():
    first = StationKind.objects.create(name="驿站", slug="yi-zhan")
    assert unique_slug("驿站", StationKind.objects.all()) == "yi-zhan-2"
    assert unique_slug("驿站", StationKind.objects.all(), keep=first.pk) == "yi-zhan"
    StationKind.objects.create(name="义站", slug="yi-zhan-2")
    assert unique_slug("驿站", StationKind.objects.all()) == "yi-zhan-3"


@pytest.mark.django_db
def test_unique_slug_of_a_very_long_name_fits_the_column():
    name = "长" * 60
    StationKind.objects.create(name="一", slug=pinyin_slug(name))
    assert len(unique_slug(name, StationKind.objects.all())) <= 80

"""Rare characters and how they are read."""

import pytest
from django.urls import reverse

from articles.models import Status
from articles.rare_characters import is_rare
from tests.factories import make_article, make_contributor, make_photo, sign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("character", "rare"),
    [*((one, True) for one in "龘珺㸆"), *((one, False) for one in "的区郝a，１か")],
)
def test_rare_is_what_gb_2312_does_not_count_among_the_common(character, rare):
    assert is_rare(character) is rare


def readings(client, story):
    answer = client.get(reverse("articles:article_pinyin", args=[story.pk]))
    return answer.json()["readings"] if answer.status_code == 200 else answer.status_code


def test_every_rare_character_of_the_printed_story_is_read(client):
    story = make_article("滹沱河畔", kicker="淼", deck="罡风", body="老人在弄堂里煨汤。")
    make_photo(story, caption="渡口的舢板。", credit="闫禾 摄")
    sign(story, make_contributor("郝玥"))
    assert readings(client, story) == {
        "滹": "hū",
        "沱": "tuó",
        "淼": "miǎo",
        "罡": "gāng",
        "煨": "wēi",
        "舢": "shān",
        "闫": "yán",
        "玥": "yuè",
    }


def test_plain_story_has_none_and_an_unpublished_one_no_answer(client):
    assert readings(client, make_article("巷口添灯", body="灯亮了。")) == {}
    assert readings(client, make_article("龘", status=Status.DRAFT)) == 404

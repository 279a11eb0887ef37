"""A story for other systems."""

import datetime
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Tag
from tests.factories import (
    HIDDEN,
    LONG_AFTER,
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_issue,
    make_kind,
    make_page,
    make_photo,
    make_section,
    make_station,
    place,
    sign,
)
from tests.newsroom import make_login
from tests.ninjs import NINJS, breaches, paths

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parent.parent.parent / "docs" / "packages.md"
BODY = """渡口添了六盏灯，**夜里**不黑了。
## 摸黑的日子
见[社区](/communities/guihua/)。
[图1]
| a | b |"""


@pytest.fixture
def story():
    """A story with something of everything."""
    community = make_community(within=make_district())
    station = make_station(community=community, kind=make_kind())
    story = make_article(
        "渡口添灯",
        body=BODY,
        kicker="小事办好",
        deck="六盏灯亮在夜里",
        dateline=True,
        section=make_section("社区"),
        column=make_section("街巷快讯", kind="column"),
        expires_at=LONG_AFTER,
    )
    story.communities.add(community)
    story.stations.add(station)
    story.tags.add(Tag.objects.create(name="路灯", slug="ludeng"))
    sign(story, make_contributor("林小舟"))
    make_photo(story, 60, 40, caption="亮灯那一刻", credit="韩冬 摄")
    place(story, make_page(make_issue(), "A03"))
    Correction.objects.create(
        article=story,
        text="灯有六盏，原文误作五盏。",
        revision=story.approved_revision,
        by=make_login("final_reviewer"),
        at=MORNING + datetime.timedelta(days=1),
    )
    return story


def address(story):
    return reverse("articles:article_json", args=[story.pk])


def told(client, story, status=200):
    response = client.get(address(story))
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert "渡口添灯" in response.content.decode()
    return response.json()


def test_story_keeps_to_the_standard(client, story):
    found = told(client, story)
    assert breaches(found) == []
    assert found["standard"]["version"] == "2.1"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"headline": "x"}, ".headline: no such property"),
        ({"pubstatus": "cancelled"}, ".pubstatus: 'cancelled' is no"),
        ({"versioncreated": "2024-03-04"}, ".versioncreated: '2024-03-04' is no date-time"),
        ({"associations": [{"uri": "https://a.example"}]}, ".associations[0].name: missing"),
        ({"bodies": [{"role": "main"}]}, ".bodies[0].value: missing"),
        ({"uri": "articles/1"}, ".uri: 'articles/1' is no uri"),
    ],
)
def test_the_check_of_the_standard_finds_what_breaks_it(wrong, said):
    found = {"uri": "https://a.example/", **wrong}
    assert any(breach.startswith(said) for breach in breaches(found, NINJS))


def test_story_tells_what_its_page_tells(client, story):
    found = told(client, story)
    page = f"http://testserver{story.get_absolute_url()}"
    assert found["uri"] == page
    assert (found["type"], found["pubstatus"], found["language"]) == ("text", "usable", "zh-Hans")
    assert found["firstcreated"] == "2024-03-04T00:30:00Z"
    assert (found["version"], found["versioncreated"]) == ("2", "2024-03-05T00:30:00Z")
    assert {one["role"]: one["value"] for one in found["headlines"]} == {
        "main": "渡口添灯",
        "kicker": "小事办好",
        "deck": "六盏灯亮在夜里",
    }
    assert found["by"] == "通讯员 林小舟"
    [person] = found["people"]
    assert (person["name"], person["rel"], person["literal"]) == ("林小舟", "creator", "通讯员")
    assert [one["name"] for one in found["places"]] == ["桂花社区", "桂花驿站"]
    assert {(one["rel"], one["name"]) for one in found["subjects"]} == {
        ("section", "社区"),
        ("column", "街巷快讯"),
        ("tag", "路灯"),
    }
    assert found["altids"] == [{"role": "page", "value": "2024-03-04 A03"}]
    assert found["descriptions"][0]["value"] == "灯有六盏，原文误作五盏。"
    assert found["copyrightholder"] == site.SITE_NAME
    assert found["expires"] == "2998-12-31T16:00:00Z"


def test_bodies_are_words_and_well_formed_markup_with_whole_addresses(client, story):
    plain, rich = told(client, story)["bodies"]
    assert plain["value"].endswith("渡口添了六盏灯，夜里不黑了。\n摸黑的日子\n见社区。\na\u3000b")
    assert plain["charcount"] == len(plain["value"])
    assert plain["wordcount"] == Article.objects.get(pk=story.pk).character_count
    markup = ElementTree.fromstring(f"<div>{rich['value']}</div>")  # noqa: S314 - ours
    assert rich["contenttype"] == "application/xhtml+xml"
    assert markup.find(".//a").get("href") == "http://testserver/communities/guihua/"
    assert markup.find(".//img").get("src").startswith("http://testserver/media/")
    assert markup.find(".//strong").text == "夜里"


def test_pictures_are_associations_with_what_is_under_them(client, story):
    [picture] = told(client, story)["associations"]
    assert picture["type"] == "picture"
    assert picture["by"] == "韩冬 摄"
    [rendition] = picture["renditions"]
    assert (rendition["contenttype"], rendition["width"], rendition["height"]) == (
        "image/jpeg",
        60,
        40,
    )
    photo = story.photos.get()
    assert rendition["href"] == picture["uri"] == f"http://testserver{photo.image.url}"


def test_reprint_belongs_to_whom_it_was_taken_from(client):
    story = make_article("渡口添灯", source="新华社")
    found = told(client, story)
    assert found["copyrightholder"] == "新华社"
    assert [one["name"] for one in found["infosources"]] == ["新华社", site.SITE_NAME]


def test_newsroom_says_on_what_terms(client, settings):
    story = make_article("渡口添灯")
    assert site.SITE_NAME in told(client, story)["usageterms"]
    settings.USAGE_TERMS = "注明来源即可转载。"
    assert told(client, story)["usageterms"] == "注明来源即可转载。"


def test_withdrawn_story_is_canceled_and_tells_no_more_than_its_page(client):
    story = make_article("渡口添灯", body="撤掉的字句。", **HIDDEN["withdrawn"])
    found = told(client, story, 410)
    assert breaches(found) == []
    assert found["pubstatus"] == "canceled"
    assert found["descriptions"][0]["value"] == "照片用错了。"
    assert "bodies" not in found


@pytest.mark.parametrize("what", sorted(HIDDEN.keys() - {"withdrawn"}))
def test_story_the_public_does_not_see_is_not_there(what, client):
    story = make_article("渡口添灯", **HIDDEN[what])
    for login in (None, make_login("administrator")):
        if login:
            client.force_login(login)
        assert client.get(address(story)).status_code == 404
    assert client.get("/articles/999999.json").status_code == 404


def test_story_withdrawn_before_its_hour_is_not_there(client):
    hour = timezone.now() + datetime.timedelta(days=2)
    story = make_article("渡口添灯", **{**HIDDEN["withdrawn"], "publish_at": hour})
    assert client.get(address(story)).status_code == 404
    assert client.get(story.get_absolute_url()).status_code == 404


def test_story_costs_the_same_whatever_belongs_to_it(client, story, django_assert_num_queries):
    with django_assert_num_queries(3):
        told(client, story)
    for n in range(9):
        sign(story, make_contributor(f"人{n}"))
        make_photo(story, caption=f"图{n}")
        story.tags.add(Tag.objects.create(name=f"签{n}", slug=f"g{n}"))
    with django_assert_num_queries(3):
        told(client, story)


def test_page_of_a_story_leads_to_it(client, story):
    html = client.get(story.get_absolute_url()).content.decode()
    link = re.search(r'<link rel="alternate" type="application/json" href="([^"]*)"', html)
    assert link[1] == f"http://testserver{address(story)}"


def test_it_sets_no_cookie_and_answers_no_other_way(client, story):
    assert not client.get(address(story)).cookies
    assert client.post(address(story)).status_code == 405
    assert client.head(address(story)).status_code == 200


def test_example_in_the_documentation_is_such_a_story(client, story):
    example = json.loads(re.search(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.S)[1])
    assert breaches(example) == []
    assert paths(example) == paths(told(client, story))

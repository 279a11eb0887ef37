"""The index stays true: what the newsroom does to a story is found from then on."""

import os
import time

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles import publishing, reviews, revisions
from articles.models import Article, NamePinyin, SearchEntry, SearchWaiting, Section, Stage, Tag
from articles.search import indexing, storage
from articles.search.query import Query
from articles.search.suggestions import suggest
from communities import merging, naming, workers
from communities.management.commands import renditions
from tests.factories import (
    MORNING,
    make_article,
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_kind,
    make_section,
    make_station,
    sign,
)
from tests.newsroom import as_shown, client_of, make_login

from .newsroom import DAY, NOW, headlines_for, make_findable

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_login("administrator", is_superuser=True)


def reviewed(story: Article, by) -> Article:
    """Take a story through its three reviews, each by somebody else."""
    revisions.record(story, by=None, at=MORNING)
    reviews.submit(story, by=by, at=MORNING)
    for stage in (Stage.FIRST, Stage.SECOND, Stage.FINAL):
        reviewer = make_login(username=f"{stage}{story.pk}", is_superuser=True)
        reviews.pass_review(story, stage=stage, by=reviewer, at=MORNING)
    story.refresh_from_db()
    return story


def test_story_is_found_from_publication_to_withdrawal_and_again(editor):
    story = make_draft("路灯亮了", filed_by=make_login("correspondent"))
    assert SearchEntry.objects.count() == 0
    story = reviewed(story, story.filed_by)
    assert headlines_for("路灯") == []
    publishing.publish(story, by=editor, publish_at=MORNING, at=MORNING)
    assert headlines_for("路灯") == ["路灯亮了"]
    publishing.withdraw(story, by=editor, reason="照片用错了。", at=MORNING)
    assert (headlines_for("路灯"), SearchEntry.objects.count()) == ([], 0)
    final = make_login(username="again", is_superuser=True)
    publishing.reinstate(story, by=final, note="照片没有错。", at=MORNING)
    assert headlines_for("路灯") == ["路灯亮了"]


def test_correction_is_found_once_it_is_published(editor):
    story = make_findable("路灯亮了", body="装了三盏。")
    copy = publishing.revise(story, by=editor, at=MORNING)
    copy.headline, copy.body, copy.correction_note = "门灯亮了", "装了四盏。", "是门灯。"
    copy.save()
    copy.tags.set(["夜路"])
    sign(copy, make_contributor("王芳"))
    copy = reviewed(copy, editor)
    assert (headlines_for("门灯"), headlines_for("路灯")) == ([], ["路灯亮了"])
    publishing.publish(copy, by=editor, at=MORNING)
    for typed in ("门灯", "四盏", "夜路", "wangfang"):
        assert headlines_for(typed) == ["门灯亮了"], typed
    assert (headlines_for("路灯"), headlines_for("三盏")) == ([], [])


def test_reopened_story_is_not_found(editor):
    story = make_findable("路灯亮了", publish_at=None)
    reviews.reopen(story, by=editor, note="再看。", at=MORNING)
    assert SearchEntry.objects.count() == 0


def test_renamed_and_deleted_names_are_followed(editor, client):
    client = client_of(editor)
    district = make_district()
    community = make_community("桂花社区", within=district)
    station = make_station("桂花驿站", community=community, kind=make_kind())
    section, tag = make_section("民生"), Tag.objects.create(name="路灯", slug="ludeng")
    story = make_article("一件小事", section=section, body="说来话长。")
    story.communities.add(community)
    story.stations.add(station)
    story.tags.add(tag)
    indexing.index([story.pk])

    def rename(thing, **sent):
        name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change"
        address = reverse(name, args=[thing.pk])
        values = as_shown(client.get(address))
        response = client.post(address, {**values, **sent})
        assert response.status_code == 302, response.context["errors"]

    for thing, old, new, typed in (
        (community, "桂花", "河湾社区", "hewan"),
        (station, "桂花驿站", "望江驿站", "wjyz"),
        (section, "民生", "街坊", "街坊"),
        (tag, "路灯", "夜路", "夜路"),
    ):
        assert headlines_for(old) == ["一件小事"], old
        rename(thing, name=new)
        assert headlines_for(new[:2]) == headlines_for(typed) == ["一件小事"], new
    assert headlines_for("桂花") == headlines_for("路灯") == []
    for thing, name in ((station, "望江"), (tag, "夜路")):
        label = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_delete"
        client.post(reverse(label, args=[thing.pk]), {"post": "yes"})
        assert headlines_for(name) == [], name


def many_of(section, count=5):
    """Make stories of a section, found by its name and their own, the newest last."""
    stories = [make_article(f"第{number}篇", section=section) for number in range(count)]
    indexing.index([story.pk for story in stories])
    return stories


def renamed(client, section, name):
    address = reverse("admin:articles_section_change", args=[section.pk])
    values = as_shown(client.get(address))
    return client.post(address, {**values, "name": name}, follow=True)


def test_of_many_the_newest_are_found_under_a_new_name_at_once_and_the_others_soon(
    editor, monkeypatch
):
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "PAUSE", 0)
    section = make_section("民生")
    many_of(section)
    withdrawn = make_article("撤下的", section=section)
    indexing.index([withdrawn.pk])
    page = renamed(client_of(editor), section, "街坊").content.decode()
    waiting = "另有 4 篇较早的稿件，几分钟内仍按旧名称检索。"
    assert waiting in page
    assert headlines_for("街坊") == ["撤下的", "第4篇"]
    assert len(headlines_for("民生")) == 4
    publishing.withdraw(Article.objects.get(headline="第1篇"), by=editor, reason="地名有误。")
    # Renamed once more before anybody came to it: what waits is found under the last name.
    renamed(client_of(editor), section, "邻里")
    assert SearchWaiting.objects.count() == 4
    workers.do_what_waits()
    assert headlines_for("邻里") == ["撤下的", "第4篇", "第3篇", "第2篇", "第0篇"]
    assert headlines_for("街坊") == headlines_for("民生") == []
    assert not SearchWaiting.objects.exists()
    assert waiting not in renamed(client_of(editor), make_section("要闻"), "头条").content.decode()


def test_place_that_many_stories_name_is_renamed_the_same_way(monkeypatch, capsys):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    place = make_community("桂花社区", within=make_district())
    stories = [make_article(f"第{number}篇") for number in range(3)]
    for story in stories:
        story.communities.add(place)
    indexing.index([story.pk for story in stories])
    with naming.changing(place):
        place.name = "河湾社区"
        place.save()
    assert headlines_for("河湾") == ["第2篇"]
    call_command("reindex", waiting=True)
    assert capsys.readouterr().out == "2 stories were written.\n"
    assert len(headlines_for("河湾")) == 3
    call_command("reindex", check=True)


def test_worker_beside_the_server_does_what_waits(monkeypatch):
    section = make_section("民生")
    (story,) = many_of(section, 1)
    Section.objects.update(name="街坊")
    SearchWaiting.objects.create(article=story, at=MORNING)

    def rest(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", rest)
    monkeypatch.setattr(os, "nice", lambda by: 0)
    # The test's own connection is open in a transaction.
    monkeypatch.setattr(renditions, "close_old_connections", lambda: None)
    call_command("renditions", watch=True)
    assert headlines_for("街坊") == ["第0篇"]


def test_merged_places_are_followed(editor):
    district = make_district()
    ending, lasting = (make_community(name, within=district) for name in ("桂花社区", "河湾社区"))
    story = make_article("一件小事")
    story.communities.add(ending)
    indexing.index([story.pk])
    merging.merge(ending, into=lasting, by=editor)
    assert (headlines_for("河湾"), headlines_for("桂花")) == (["一件小事"], [])
    assert [place.name for place in suggest(Query.read("hewan"), NOW).communities] == ["河湾社区"]


def test_reindexing_repairs_whatever_is_wrong_and_says_so(capsys):
    true, stale, lacking = (make_findable(name) for name in ("路灯", "门灯", "车灯"))
    left = make_findable("台灯")
    Article.objects.filter(pk=left.pk).move(publish_at=None, status="draft")
    SearchEntry.objects.filter(pk=stale.pk).update(text="空")
    storage.remove([lacking.pk])
    with pytest.raises(CommandError) as wrong:
        call_command("reindex", check=True)
    for name, story in (("lacking", lacking), ("stale", stale), ("left", left)):
        assert f"1 {name} (first: {story.pk})" in str(wrong.value)
    for _time in range(2):
        call_command("reindex")
        call_command("reindex", check=True)
        assert headlines_for("灯") == ["车灯", "门灯", "路灯"]
    assert "3 stories can be found." in capsys.readouterr().out
    call_command("reindex", if_empty=True)
    assert capsys.readouterr().out == ""
    assert true.pk in SearchEntry.objects.values_list("pk", flat=True)


def test_suggestions_name_who_is_known_to_the_public():
    district = make_district()
    community = make_community("桂花社区", within=district)
    make_station("桂花驿站", community=community, kind=make_kind())
    known, unknown = make_contributor("桂花香"), make_contributor("桂花落")
    story = make_findable("一件小事")
    sign(story, known)
    for hidden in ({"publish_at": NOW + DAY}, {"status": "draft", "publish_at": None}):
        sign(make_article("还没有登", **hidden), unknown)
    indexing.rebuild()

    def named(typed):
        found = suggest(Query.read(typed), NOW)
        return [str(one) for one in (*found.communities, *found.stations, *found.contributors)]

    everything = ["桂花社区", "桂花驿站", "桂花香"]
    assert [named(typed) for typed in ("桂花", "guihua", "gui hua")] == [everything] * 3
    assert named("桂花社区的路灯") == ["桂花社区"]
    assert named("ghx") == named("guihuaxiang") == ["桂花香"]
    assert named("桂") == ["桂花香"]
    assert named("社区") == named("-桂花") == named("") == []
    assert NamePinyin.objects.filter(kind="community").count() == 2

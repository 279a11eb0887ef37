"""The text as the paper prints it, while it is typed: POST preview/ from the form."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import loose_pictures
from articles.models import Section
from communities.pictures import clean_picture
from tests.factories import make_article, make_draft, make_photo
from tests.newsroom import client_of, make_login, picture

pytestmark = pytest.mark.django_db

TYPED = reverse("admin:articles_article_typed")
BODY = "渡口的灯亮了。\n## 六盏灯\n- 桂花渡\n- 柳叶渡\n[图1]\n| 渡口 | 盏 |\n> 夜里不怕了"


@pytest.fixture
def writer():
    return make_login("correspondent", "writer")


def shown(login, **sent):
    response = client_of(login).post(TYPED, sent)
    assert response.status_code == 200
    return response.content.decode()


def row(number, **values):
    return {f"photos-{number}-{name}": value for name, value in values.items()}


def text_of(html):
    """Return what stands in the text's frame."""
    return re.search(r'<div class="text">\s*(.*?)\s*</div>\s*<ul class="problems">', html, re.S)[1]


def lines_of(html):
    return re.search(r'data-lines="([^"]*)"', html)[1].split()


def figures_of(html):
    return re.findall(r'<img src="([^"]*)"', html)


def test_text_is_printed_as_on_the_storys_own_page():
    story = make_article(
        headline="渡口添灯",
        kicker="小渡口 大民生",
        deck="六盏灯照亮夜归路",
        body=BODY,
        dateline=True,
    )
    photo = make_photo(story, caption="渡口的灯", credit="甘棠 摄", alt="灯")
    public = Client().get(story.get_absolute_url()).content.decode()
    html = shown(
        make_login("administrator"),
        **{name: getattr(story, name) for name in ("headline", "kicker", "deck", "body")},
        dateline="on",
        **row(0, id=photo.pk, caption=photo.caption, credit=photo.credit, alt=photo.alt),
    )
    # Which picture is fetched first, and where it leads, is a matter of the public page.
    hint = re.compile(
        r' (?:fetchpriority|loading)="[a-z]*"|<a class="full"[^>]*>|(?<=decoding="async">\n)</a>'
    )
    assert "本报讯" in text_of(html)
    assert "<figure" in text_of(html)
    assert hint.sub("", text_of(html)) in hint.sub("", public)
    head = re.compile(r'<(?:h1|p) class="(?:kicker|headline|deck).*?</(?:h1|p)>')
    assert head.findall(html) == head.findall(public)[:3]


def test_parts_of_the_text_know_the_lines_they_were_typed_on(writer):
    html = shown(writer, body=BODY)
    # The mark of a photo that is not there prints nothing.
    assert lines_of(html) == ["1", "2", "3", "6", "7"]
    assert text_of(html).count("<blockquote>") == 1


def test_photos_without_a_mark_stand_on_no_line(writer):
    story = make_draft(filed_by=writer)
    photos = [make_photo(story, caption=caption) for caption in ("一", "二", "三")]
    rows = [row(n, id=photo.pk, position=n + 1) for n, photo in enumerate(photos)]
    html = shown(writer, body="甲\n\n[图2]\n[图2]\n乙", **rows[0], **rows[1], **rows[2])
    assert lines_of(html) == ["0", "1", "3", "5", "0"]
    assert figures_of(html) == [photo.image.url for photo in photos]


def test_photos_stand_in_the_order_of_the_form_and_not_of_the_last_save(writer):
    story = make_draft(filed_by=writer)
    first, second = (make_photo(story, caption=caption) for caption in ("一", "二"))
    html = shown(
        writer,
        body="[图1]",
        **row(0, id=first.pk, position=2, caption="旧的"),
        **row(1, id=second.pk, position=1, caption="现在是<第一>张"),
        **row(2, upload="", position=""),
    )
    assert figures_of(html) == [second.image.url, first.image.url]
    assert "现在是&lt;第一&gt;张" in html
    assert "二</span>" not in html


def test_photo_to_be_removed_is_not_shown(writer):
    photo = make_photo(make_draft(filed_by=writer), caption="渡口")
    html = shown(writer, body="甲\n[图1]", **row(0, id=photo.pk, DELETE="on"))
    assert figures_of(html) == []
    assert lines_of(html) == ["1"]


def test_picture_that_waits_for_its_story_is_shown_to_its_uploader_alone(writer):
    loose = loose_pictures.store(writer, clean_picture(picture()))
    sent = {"body": "[图1]", **row(0, upload=loose.pk, caption="渡口")}
    address = reverse("admin:articles_article_picture", args=[loose.pk])
    assert figures_of(shown(writer, **sent)) == [address]
    assert figures_of(shown(make_login("correspondent", "other"), **sent)) == []


def test_photo_of_somebody_elses_draft_is_not_shown(writer):
    photo = make_photo(make_draft(filed_by=writer), caption="渡口")
    sent = {"body": "[图1]", **row(0, id=photo.pk)}
    assert figures_of(shown(writer, **sent)) == [photo.image.url]
    assert figures_of(shown(make_login("correspondent", "other"), **sent)) == []


def test_whatever_is_typed_is_escaped(writer):
    html = shown(
        writer,
        headline="<b>渡口</b>",
        kicker="<i>",
        deck="<u>",
        body="<script>alert(1)</script>\n[点](javascript:alert(1))",
    )
    for tag in ("<b>", "<i>", "<u>", "<script", 'href="javascript'):
        assert tag not in html


def test_headlines_are_shown_on_one_line_and_nothing_where_nothing_is_typed(writer):
    assert re.search(">\\s*渡口 添灯\\s*</h1>", shown(writer, headline=" 渡口\n添灯 "))
    empty = shown(writer, headline=" ", body="")
    assert "<h1" not in empty
    assert "<header" not in empty
    assert text_of(empty) == ""


def test_standing_column_stands_above_the_headline(writer):
    column = Section.objects.create(name="渡口夜话", slug="dukou", kind=Section.Kind.COLUMN)
    assert "渡口夜话" in shown(writer, headline="甲", column=str(column.pk))
    assert "渡口夜话" not in shown(writer, headline="甲", column="x")


def test_what_its_writer_may_not_have_meant_is_told_by_line(writer):
    html = shown(writer, body="甲\n乙**丙\n##")
    assert re.findall(r'<li data-line="(\d+)">', html) == ["2", "3"]


@pytest.mark.parametrize(
    "sent",
    [
        row(0, id="9" * 30, upload="x", position="-1", focus_x="a"),
        row(0, id="1; drop", upload="²", position="٣"),
        {"photos-x-id": "1", "photos-99999-id": "1", "column": "9" * 40},
    ],
)
def test_made_up_form_shows_the_text_all_the_same(writer, sent):
    assert "甲" in shown(writer, body="甲\n[图1]", **sent)


def test_only_who_writes_stories_may_ask(writer):
    sent = {"body": "甲"}
    stranger = make_login(None, "stranger")
    assert client_of(stranger).post(TYPED, sent).json()["code"] == "closed"
    answer = Client().post(TYPED, sent)
    assert (answer.status_code, answer.json()["code"]) == (401, "login")
    assert client_of(writer).get(TYPED).status_code == 405


def test_nothing_is_kept_and_few_queries_are_made(writer, django_assert_num_queries):
    story = make_draft(filed_by=writer, headline="旧题")
    photos = [make_photo(story, caption=str(n)) for n in range(5)]
    sent = {"headline": "新题", "body": "甲"}
    for n, photo in enumerate(photos):
        sent |= row(n, id=photo.pk, caption="新", position=n + 1)
    client = client_of(writer)
    client.post(TYPED, sent)
    with CaptureQueriesContext(connection) as one:
        client.post(TYPED, {"headline": "新题", "body": "甲", **row(0, id=photos[0].pk)})
    with django_assert_num_queries(len(one)):
        client.post(TYPED, sent)
    story.refresh_from_db()
    assert story.headline == "旧题"
    assert not story.photos.filter(caption="新").exists()


def test_form_carries_the_editor_only_for_who_may_write(writer):
    story = make_draft(filed_by=writer)
    address = reverse("admin:articles_article_change", args=[story.pk])
    assert 'id="body-editor"' in client_of(writer).get(address).content.decode()
    approved = make_article(filed_by=writer)
    frozen = reverse("admin:articles_article_change", args=[approved.pk])
    assert 'id="body-editor"' not in client_of(writer).get(frozen).content.decode()

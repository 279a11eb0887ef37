"""A story as it will look, with what has changed and what is commented marked in it."""

import re

import pytest

from articles import commenting, revisions
from articles.comparison import compare_states
from articles.marking import marked_body, set_story
from articles.models import Photo
from articles.passages import spans_of
from tests.articles.desk import NOW, advance, file_story, make_people, rewrite
from tests.newsroom import picture

LINK = '<a class="reference" href="#comment-{0}">[{0}]</a>'


def content(body, **fields):
    """A snapshot of a story with nothing but a text."""
    return {
        **dict.fromkeys(("kicker", "headline", "deck", "source", "unread_credit"), ""),
        **{name: [] for name in ("communities", "stations", "tags", "bylines", "photos")},
        **dict.fromkeys(("section_id", "column_id")),
        "dateline": False,
        "genre": "story",
        "body": body,
        **fields,
    }


def shown(old, new):
    """Both texts as one, printed."""
    (field,) = [
        field for field in compare_states(content(old), content(new)) if field.name == "body"
    ]
    return marked_body(field.paragraphs, new, {})


pytestmark = pytest.mark.django_db


class TestBody:
    @pytest.mark.parametrize(
        ("old", "new", "html"),
        [
            (
                "渡口添了六盏灯。",
                "渡口添了八盏灯。",
                "<p>渡口添了<del>六</del><ins>八</ins>盏灯。</p>",
            ),
            (
                "## 渡口的灯",
                "## 渡口的新灯",
                '<h2 class="subhead">渡口的<ins>新</ins>灯</h2>',
            ),
            (
                "- 东单元\n- 西单元",
                "- 东单元\n- 西单元\n- 雨天先收",
                "<ul><li>东单元</li><li>西单元</li><li><ins>雨天先收</ins></li></ul>",
            ),
            (
                "> 夜里不黑了",
                "> 夜里亮了",
                "<blockquote><p>夜里<del>不黑</del><ins>亮</ins>了</p></blockquote>",
            ),
            (
                "一句没有改的话。\n\n要删去的一段话在这里。",
                "一句没有改的话。",
                "<p>一句没有改的话。</p>\n<p><del>要删去的一段话在这里。</del></p>",
            ),
            (
                "灯是**仇师傅**装的，一共十二盏。",
                "灯是**罗师傅**装的，一共十二盏。",
                "<p>灯是<strong><del>仇</del><ins>罗</ins>师傅</strong>装的，一共十二盏。</p>",
            ),
        ],
    )
    def test_changes_stand_in_the_blocks_they_belong_to(self, old, new, html):
        assert shown(old, new) == html

    def test_table_keeps_its_rows_and_its_head(self):
        html = shown(
            "| 绳号 | 人家 |\n| --- | --- |\n| 1 | 12家 |",
            "| 绳号 | 人家 |\n| --- | --- |\n| 1 | 11家 |\n| 3 | 空 |",
        )
        assert '<thead><tr><th scope="col">绳号</th><th scope="col">人家</th></tr></thead>' in html
        assert "<td><del>12</del><ins>11</ins>家</td>" in html
        assert "<tr><td><ins>3</ins></td><td><ins>空</ins></td></tr>" in html

    def test_photo_is_shown_where_the_new_text_has_it(self):
        old, new = "渡口添了六盏灯。", "渡口添了六盏灯。\n[图1]"
        (field,) = [
            field for field in compare_states(content(old), content(new)) if field.name == "body"
        ]
        html = marked_body(field.paragraphs, new, {1: "图"})
        assert html == "<p>渡口添了六盏灯。</p>\n图"
        gone = shown(new, old)
        assert gone == "<p>渡口添了六盏灯。</p>\n<p><del>[图1]</del></p>"

    def test_unchanged_text_is_printed_as_in_the_paper(self):
        text = (
            "一、二。\n\n## 小标题\n- 项\n- 项二\n\n- 另一张单子\n> 引\n见[公告](/communities/)。"
        )
        html = shown(text, text)
        assert html.count("<ul>") == 2
        assert '<a href="/communities/">公告</a>' in html
        assert not re.search("<ins|<del|<mark|[\U000f0000-\U000ffffd]", html)

    def test_what_is_in_either_text_is_escaped(self):
        html = shown("<b>旧</b>的话还在这里。", "<i>新</i>的话还在这里。")
        assert not re.search("<[bi]>", html)
        assert "&lt;" in html

    def test_private_characters_of_a_text_are_nothing(self):
        html = shown("甲\U000f0001乙丙丁。", "甲\U000f0001乙丙丁戊。")
        assert html == "<p>甲乙丙丁<ins>戊</ins>。</p>"

    @pytest.mark.parametrize("text", ["**", "[", "|", "|||", "\\", "## ", "- ", "> ", "[图1]", ""])
    @pytest.mark.parametrize("other", ["甲**乙", "| 甲 | 乙", "[甲](/乙)", "- \n-", "## 甲\\"])
    def test_broken_marks_lose_no_word_and_no_element(self, text, other):
        for old, new in ((text, other), (other, text)):
            html = shown(old, new)
            opened = re.findall(r"<([a-z0-9]+)[ >]", html)
            closed = re.findall(r"</([a-z0-9]+)>", html)
            assert sorted(opened) == sorted(closed)
            for word in "甲乙":
                assert (word in html) == (word in old + new)


class TestPassages:
    @pytest.mark.parametrize(
        ("quote", "text", "found"),
        [
            ("六盏灯", "添了六盏灯，六盏灯。", ["六盏灯", "六盏灯"]),
            ("仇师傅装的", "灯是**仇师傅**装的。", ["仇师傅**装的"]),
            ("见公告。", "见[公告](/a/)。", ["见[公告](/a/)。"]),
            ("一句。\n小标题", "一句。\n\n## 小标题\n二句。", ["一句。\n\n## 小标题"]),
            ("没有", "添了六盏灯。", []),
            (" ", "添了六盏灯。", []),
        ],
    )
    def test_are_found_as_the_page_shows_them(self, quote, text, found):
        assert [text[start:end] for start, end in spans_of(quote, text)] == found

    def test_brackets_without_end_are_paid_for_once(self):
        assert spans_of("[" * 250 + "甲" + "[" * 249, "[" * 20_000) == []


class TestStory:
    @pytest.fixture
    def people(self):
        return make_people()

    def test_comment_stands_at_its_words_and_not_at_their_like(self, people):
        story = advance(file_story(people, body="六盏灯。\n还是六盏灯。"), people, "submitted")
        commenting.add_comment(
            story, by=people.first, text="？", quote="六盏灯", field="body", nth=1
        )
        comments = list(commenting.comments_on(story))
        assert (comments[0].field, comments[0].start) == ("body", 7)
        fields = compare_states(None, story.head.content, comments)
        text = set_story(story, fields, None, comments).text
        assert text == f"<p>六盏灯。</p>\n<p>还是<mark>六盏灯</mark>{LINK.format(1)}。</p>"

    def test_comment_finds_its_field_and_its_words_again(self, people):
        story = advance(file_story(people, deck="夜里不黑了"), people, "submitted")
        comment = commenting.add_comment(story, by=people.first, text="？", quote="不黑")
        assert comment.field == "deck"
        rewrite(story, people.editor, story.body, deck="到夜里不黑了")
        comments = list(commenting.comments_on(story))
        fields = compare_states(None, story.head.content, comments)
        lines = set_story(story, fields, None, comments).lines
        assert lines["deck"] == f"到夜里<mark>不黑</mark>{LINK.format(1)}了"

    def test_settled_comment_leaves_the_text(self, people):
        story = advance(file_story(people), people, "submitted")
        comment = commenting.add_comment(story, by=people.first, text="？", quote="六盏灯")
        commenting.settle(comment, by=people.writer)
        comments = list(commenting.comments_on(story))
        fields = compare_states(None, story.head.content, comments)
        assert "<mark>" not in set_story(story, fields, None, comments).text

    def test_replaced_picture_shows_and_so_does_the_one_before(self, people):
        story = file_story(people)
        old = Photo.objects.create(article=story, image=picture(), caption="旧图")
        first = revisions.record(story, by=people.writer, at=NOW).content
        old.delete()
        Photo.objects.create(article=story, image=picture("乙.jpg"), caption="新图")
        second = revisions.record(story, by=people.writer, at=NOW).content
        fields = compare_states(first, second)
        (photos,) = [field for field in fields if field.name == "photos"]
        assert photos.changed
        marked = set_story(story, fields, first)
        assert [one.photo.caption for one in marked.gone] == ["旧图"]
        assert "新图" in marked.text
        assert "<strong>" in marked.text

    def test_changed_caption_is_marked_under_its_picture(self, people):
        story = file_story(people)
        photo = Photo.objects.create(article=story, image=picture(), caption="渡口的六盏灯")
        first = revisions.record(story, by=people.writer, at=NOW).content
        photo.caption = "渡口的八盏灯"
        photo.save()
        second = revisions.record(story, by=people.writer, at=NOW).content
        marked = set_story(story, compare_states(first, second), first)
        assert "渡口的<del>六</del><ins>八</ins>盏灯" in marked.text
        photo.refresh_from_db()
        assert photo.caption == "渡口的八盏灯"

    def test_reprints_origin_is_compared(self, people):
        first = content("文", original_author="甲")
        second = content("文", original_author="乙")
        changed = [field.name for field in compare_states(first, second) if field.changed]
        assert changed == ["original_author"]

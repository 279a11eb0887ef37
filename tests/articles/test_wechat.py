"""A story copied for WeChat: what that editor keeps, what it would strip, who may copy what."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import publishing
from articles.body import Link
from articles.wechat import copy_story, refusal
from articles.wechat.markup import link_in_words
from tests.articles.desk import advance, file_story, make_people, rewrite
from tests.factories import HIDDEN, make_article, make_contributor, make_draft, make_photo, sign
from tests.newsroom import client_of, make_login
from tests.reading import tight

pytestmark = pytest.mark.django_db

ROOT = "https://paper.example"
BODY = """灯亮了，**夜里**不黑了。
## 摸黑的日子
> 过去全靠手电。
- 十二盏灯
- [见图](/communities/guihua/)
| 路段 | 盏数 |
| --- | --- |
| 渡口 | 6 |
[图2]
详见[公告](https://city.example/a?b=1&c=2)。"""
# What the editor keeps; void elements have no end.
KEPT = {"section", "p", "span", "strong", "img", "blockquote", "ul", "li"}
KEPT |= {"table", "tbody", "tr", "td"}


class Elements(HTMLParser):
    """Notes every element with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def story():
    story = make_article("渡口添灯", body=BODY, kicker="小事办好", dateline=True)
    sign(story, make_contributor("林小舟"))
    make_photo(story, caption="亮灯那一刻", credit="韩冬 摄")
    make_photo(story, caption="渡口")
    return story


def test_every_element_carries_its_own_style_and_is_one_the_editor_keeps(story):
    elements = Elements(copy_story(story, root=ROOT).html).found
    assert {tag for tag, _attrs in elements} <= KEPT
    for tag, attrs in elements:
        assert not {"class", "id"} & attrs.keys()
        if tag not in ("tbody", "tr", "strong"):
            assert attrs["style"], tag
    body = next(
        attrs["style"] for tag, attrs in elements if tag == "p" and "justify" in attrs["style"]
    )
    assert "line-height:1.75" in body
    assert re.search(r"font-size:\d+px", body)


def test_copy_reads_as_the_story_does(story):
    copy = copy_story(story, root=ROOT)
    words = tight(copy.html)
    order = [
        "小事办好",
        "亮灯那一刻韩冬摄",
        "本报讯灯亮了，夜里不黑了。",
        "摸黑的日子",
        "过去全靠手电。",
    ]
    order += [
        "十二盏灯",
        "路段盏数渡口6",
        "渡口",
        "（通讯员林小舟）",
        tight(_("Source: %(paper)s") % {"paper": site.SITE_NAME}),
        f"{ROOT}/articles/{story.pk}/",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places
    assert places[:7] == sorted(places[:7])
    assert "<strong" in copy.html
    assert copy.html.count("<img") == 3  # two photos and the code
    assert copy.html.count('src="data:image/png;base64,') == 1
    # The editor prints the headline from its own field; on paper alone the words need it.
    assert "渡口添灯" not in words
    assert copy.text.startswith("小事办好\n\n渡口添灯\n\n本报讯\u3000灯亮了")


def test_links_say_where_they_led_because_the_editor_takes_them_out(story):
    html = copy_story(story, root=ROOT).html
    assert "<a" not in html
    assert "公告（https://city.example/a?b=1&amp;c=2）" in html
    assert f"见图（{ROOT}/communities/guihua/）" in html


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        ("电话", "tel:0556-1234", "电话（0556-1234）"),
        ("写信", "mailto:a@b.example", "写信（a@b.example）"),
        ("https://a.example/x", "https://a.example/x", "https://a.example/x"),
        ("本站", "/a:b/", f"本站（{ROOT}/a:b/）"),
    ],
)
def test_link_is_put_in_words(words, address, shown):
    assert link_in_words(Link(words, address), ROOT) == shown


def test_pictures_are_listed_as_they_stand_with_whole_addresses(story):
    pictures = copy_story(story, root=ROOT).pictures
    assert [(one.number, one.caption) for one in pictures] == [
        (1, "亮灯那一刻 韩冬 摄"),
        (2, "渡口"),
    ]
    assert all(one.address.startswith(f"{ROOT}/media/photos/") for one in pictures)
    html = copy_story(story, root=ROOT).html
    assert [html.index(one.address) for one in pictures] == sorted(
        html.index(one.address) for one in pictures
    )


def test_nothing_typed_becomes_markup():
    story = make_article(
        '<script>alert("灯")</script>', body='<img src=x onerror="灯">\n> </blockquote><script>'
    )
    sign(story, make_contributor("<b>"))
    html = copy_story(story, root=ROOT).html
    assert "<script" not in html
    assert "onerror" not in {name for _tag, attrs in Elements(html).found for name in attrs}


def test_reprint_names_its_source_before_the_paper(settings):
    settings.SITE_NAME = "渡口报"
    own = copy_story(make_article(), root=ROOT).html
    assert _("Source: %(paper)s") % {"paper": "渡口报"} in own
    reprint = copy_story(make_article(source="新华社"), root=ROOT).html
    words = {"source": "新华社", "paper": "渡口报"}
    assert _("Source: %(source)s, reprinted by %(paper)s") % words in reprint


@pytest.mark.parametrize("what", ["draft", "awaiting final review", "returned", "withdrawn"])
def test_story_that_readers_may_not_have_is_refused(what):
    story = make_article("渡口添灯", **HIDDEN[what])
    assert refusal(story)
    with pytest.raises(ValueError, match="渡口添灯"):
        copy_story(story, root=ROOT)
    client = client_of(make_login("issue_editor"))
    page = client.get(reverse("admin:articles_article_wechat", args=[story.pk]))
    assert page.status_code == 200
    assert refusal(story) in page.content.decode()
    assert "灯亮了" not in page.content.decode()
    shown = client.get(reverse("admin:articles_article_wechat_shown", args=[story.pk]))
    assert shown.status_code == 404


def test_approved_story_that_is_not_public_yet_says_that_its_link_leads_nowhere():
    story = make_article(publish_at=None)
    page = client_of(make_login("issue_editor")).get(
        reverse("admin:articles_article_wechat", args=[story.pk])
    )
    said = (
        "Readers cannot open the story yet: the link and the code lead to it once it is published."
    )
    assert _(said) in page.content.decode()


def test_working_copy_leads_to_the_story_it_changes():
    people = make_people()
    story = advance(file_story(people), people, "public")
    copy = publishing.revise(story, by=people.editor)
    rewrite(copy, people.editor, "渡口添了八盏灯。", correction_note="数错了。")
    copy = advance(copy, people, "approved")
    found = copy_story(copy, root=ROOT)
    assert f"{ROOT}/articles/{story.pk}/" in found.text
    assert "八盏灯" in found.text


def test_preview_allows_inline_styles_and_nothing_else_while_the_page_around_it_does_not(story):
    client = client_of(make_login("issue_editor"))
    around = client.get(reverse("admin:articles_article_wechat", args=[story.pk]))
    assert "unsafe-inline" not in around["Content-Security-Policy"]
    assert "style=" not in re.sub(r"<script.*?</script>", "", around.content.decode(), flags=re.S)
    shown = client.get(reverse("admin:articles_article_wechat_shown", args=[story.pk]))
    policy = shown["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_button_gives_markup_and_words(story):
    page = client_of(make_login("issue_editor")).get(
        reverse("admin:articles_article_wechat", args=[story.pk])
    )
    given = page.context["given"]
    assert given["html"].startswith("<section style=")
    assert given["text"].startswith("小事办好")
    # Words of a story cannot end the block of data they stand in.
    assert (
        "</section>"
        not in re.search(r'id="wechat-given"[^>]*>(.*?)</script>', page.content.decode(), re.S)[1]
    )


def test_writer_copies_their_own_story_and_nobody_elses(story):
    mine = make_login("correspondent")
    own = make_article("自己的稿件", filed_by=mine)
    client = client_of(mine)
    assert client.get(reverse("admin:articles_article_wechat", args=[own.pk])).status_code == 200
    for name in ("wechat", "wechat_shown"):
        address = reverse(f"admin:articles_article_{name}", args=[story.pk])
        assert client.get(address).status_code == 404


def test_form_of_an_approved_story_leads_to_its_copy(story):
    client = client_of(make_login("issue_editor"))
    address = reverse("admin:articles_article_wechat", args=[story.pk])
    page = client.get(reverse("admin:articles_article_change", args=[story.pk]))
    assert address in page.content.decode()
    draft = make_draft()
    page = client.get(reverse("admin:articles_article_change", args=[draft.pk]))
    assert "/wechat/" not in page.content.decode()

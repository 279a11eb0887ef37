"""The feed of issues: held to the standards, to what the public sees, to telling what is new."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.factories import (
    MORNING,
    UNRELEASED,
    make_article,
    make_issue,
    make_page,
    place,
)
from tests.feeds import ATOM, hold_to_rfc_4287, hold_to_rss, read

pytestmark = pytest.mark.django_db

NEXT_DAY = datetime.date(2024, 3, 5)


@pytest.fixture
def issue():
    """An issue of two pages, one of them empty; a headline is not to be taken for HTML."""
    issue = make_issue()
    place(make_article("灯<亮>了"), make_page(issue))
    make_page(issue, "A02", "社区")
    return issue


def issues_in(client) -> list[str]:
    feed = read(client, "/feeds/issues/atom.xml")
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_feed_brings_each_issue_with_its_pages_and_headlines(issue, client):
    feed = read(client, "/feeds/issues/atom.xml")
    hold_to_rfc_4287(feed)
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "2024年3月4日 第7期"
    assert entry.findtext(f"{ATOM}summary") == "A01 要闻 A02 社区"
    link = entry.find(f"{ATOM}link[@rel='alternate']")
    assert link.get("href") == "http://testserver/issues/2024-03-04/"
    html = entry.findtext(f"{ATOM}content")
    assert '<a href="http://testserver/issues/2024-03-04/A01/">A01 要闻</a>' in html
    assert "/issues/2024-03-04/A02/" in html
    story = Article.objects.get().get_absolute_url()
    assert f'<a href="http://testserver{story}">灯&lt;亮&gt;了</a>' in html
    rss = read(client, "/feeds/issues/rss.xml")
    hold_to_rss(rss)
    assert rss.find("channel/item").findtext("guid") == entry.findtext(f"{ATOM}id")


def test_feed_without_an_issue_is_valid(client):
    hold_to_rss(read(client, "/feeds/issues/rss.xml"))
    hold_to_rfc_4287(read(client, "/feeds/issues/atom.xml"))


def test_only_what_the_public_sees_is_in_it(issue, client):
    for number, fields in enumerate(UNRELEASED.values()):
        later = {"date": NEXT_DAY + datetime.timedelta(days=number), "number": 8 + number}
        make_issue(**{**later, **fields})
    draft = make_article("还没签发", status="draft", publish_at=None)
    place(draft, issue.pages.last())
    assert issues_in(client) == ["2024年3月4日 第7期"]
    assert "还没签发" not in client.get("/feeds/issues/atom.xml").content.decode()


def test_reader_is_told_what_is_new_and_otherwise_that_nothing_is(issue, client):
    address = "/feeds/issues/rss.xml"

    def fetch(known):
        return client.get(address, headers={"if-none-match": known})

    first = client.get(address)
    assert fetch(first["ETag"]).status_code == 304
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1)
    Article.objects.all().move(status="withdrawn", withdrawn_at=later, withdrawal_reason="误")
    second = fetch(first["ETag"])
    assert second.status_code == 200
    assert "灯&lt;亮" not in second.content.decode()
    assert second["Last-Modified"] != first["Last-Modified"]
    make_issue(NEXT_DAY, number=8, publish_at=MORNING + datetime.timedelta(days=1))
    assert fetch(second["ETag"]).status_code == 200
    assert issues_in(client) == ["2024年3月5日 第8期", "2024年3月4日 第7期"]


@pytest.mark.parametrize("count", [1, 12])
def test_feed_takes_the_same_queries_whatever_there_is(count, client):
    for number in range(count):
        issue = make_issue(NEXT_DAY + datetime.timedelta(days=number), number=number + 1)
        place(make_article(), make_page(issue))
    with CaptureQueriesContext(connection) as queries:
        assert len(issues_in(client)) == count
    assert len(queries) == 4


def test_pages_name_the_feed(issue, client):
    head, body = client.get("/issues/").content.decode().split("</head>")
    name = 'type="application/atom+xml" title="往期报纸 · Atom" href="/feeds/issues/atom.xml"'
    assert name in head
    assert 'href="/feeds/issues/rss.xml"' in body
    assert 'href="/feeds/issues/atom.xml"' in client.get("/feeds/").content.decode()

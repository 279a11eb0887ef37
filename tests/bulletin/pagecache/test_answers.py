"""How a kept page goes out: encodings, validators, what proxies and browsers are told."""

from __future__ import annotations

import datetime
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from bulletin.pagecache.page import Page, encoding_for
from tests.factories import make_article

from .asking import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    make_article("巷口装上三盏灯")
    return Site()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
        ("identity", ""),
        ("", ""),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("br;q=nonsense", "br"),
        (";;;,,,", ""),
    ],
)
def test_encoding_is_chosen_as_asked(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize("encoding", ["gzip", "br", ""])
def test_page_is_the_same_in_every_encoding(site, encoding):
    plain = site.ask("/")
    said = site.ask("/", ACCEPT_ENCODING=encoding)
    assert said.headers.get("content-encoding", "") == encoding
    assert said.headers["content-length"] == str(len(said.raw))
    assert said.headers["vary"] == "Accept-Encoding"
    assert said.headers["etag"] == plain.headers["etag"]
    assert said.text == plain.text
    assert site.renders == 1


def test_whoever_has_the_page_is_told_so(site):
    etag = site.ask("/").headers["etag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        said = site.ask("/", IF_NONE_MATCH=known)
        assert (said.status, said.raw) == (304, b"")
        assert said.headers["etag"] == etag
        assert "content-length" not in said.headers
    assert site.ask("/", IF_NONE_MATCH='W/"other"').status == 200
    assert site.renders == 1


@pytest.mark.django_db(transaction=True)
def test_etag_is_the_same_in_every_process_and_changes_with_the_page(site):
    assert Site().ask("/").headers["etag"] == site.ask("/").headers["etag"]
    before = site.ask("/").headers["etag"]
    make_article("又添了两盏")
    site.notice()
    assert site.ask("/").headers["etag"] != before


def test_feed_keeps_its_own_date(site, client):
    said = site.ask("/feeds/rss.xml")
    assert said.headers["last-modified"] == client.get("/feeds/rss.xml")["Last-Modified"]
    assert site.ask("/feeds/rss.xml", IF_MODIFIED_SINCE=said.headers["last-modified"]).status == 304
    assert site.ask("/feeds/rss.xml", IF_MODIFIED_SINCE="yesterday").status == 200
    earlier = parsedate_to_datetime(said.headers["last-modified"]) - datetime.timedelta(seconds=1)
    asked = format_datetime(earlier, usegmt=True)
    assert site.ask("/feeds/rss.xml", IF_MODIFIED_SINCE=asked).status == 200


def test_head_has_the_headers_and_no_body(site):
    page, head = site.ask("/"), site.ask("/", method="HEAD")
    assert head.raw == b""
    assert head.headers == page.headers
    assert site.renders == 1


def test_proxies_are_told_for_how_long(site):
    control = site.ask("/").headers["cache-control"]
    assert control == (
        "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
    )
    assert "max-age=60, s-maxage=1" in site.ask("/feeds/rss.xml").headers["cache-control"]


def test_pictures_are_not_compressed_again():
    page = Page("200 OK", [("Content-Type", "image/png")], b"x" * 5000, 1, 0)
    for encoding in ("", "gzip", "br"):
        headers, body = page.answer(encoding)
        assert body == b"x" * 5000
        assert "Content-Encoding" not in dict(headers)


def test_address_that_moved_leads_on(site):
    said = site.ask("/articles/1")
    assert said.status == 301
    assert said.headers["location"] == "/articles/1/"

"""Every address is either kept or named as never kept; a query is read the same way always."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, resolve

from bulletin.pagecache.routes import KEPT, NEVER, Route, route_of
from tests.bulletin.one_of_each import make_one_of_each


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}"


def test_every_address_is_sorted():
    assert set(names(get_resolver())) == set(KEPT) | NEVER
    assert not set(KEPT) & NEVER


@pytest.mark.django_db
def test_one_of_every_page_is_kept():
    paths = [address.split("?")[0] for address in make_one_of_each() if address != "/nowhere/"]
    paths = [path for path in paths if resolve(path).view_name not in NEVER]
    assert len(paths) > 20
    assert [path for path in paths if route_of(path) is None] == []


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/articles/article/",
        "/preview/abc/",
        "/mistakes/abc/",
        "/articles/1/mistake/",
        "/stations/near.html",
        "/healthz",
        "/nothing/",
        "/media/photos/1.jpg",
        "/static/css/bulletin.css",
    ],
)
def test_what_is_nobodys_business_is_not_kept(path):
    assert route_of(path) is None


def test_english_pages_are_kept_like_chinese_ones():
    assert route_of("/en/search/") is route_of("/search/")


def test_query_is_reduced_to_what_counts_in_one_order():
    route = Route(frozenset({"q", "page", "amenity"}), frozenset({"amenity"}))
    assert route.query("utm_source=wechat&q=%E8%B7%AF%E7%81%AF&x=1") == "q=%E8%B7%AF%E7%81%AF"
    assert route.query("page=2&q=a") == route.query("q=a&page=2") == "page=2&q=a"
    assert route.query("q=a&q=b") == "q=b"
    assert route.query("amenity=b&amenity=a") == "amenity=b&amenity=a"
    assert route.query("from=1") == route.query("") == ""
    assert route.query("q=" + "a" * 2000) is None

"""The interface in English: said by the address, complete, and honest about what is Chinese."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from .one_of_each import make_one_of_each

pytestmark = pytest.mark.django_db

HAN = re.compile("[\u4e00-\u9fff]")
SAID = ("aria-label", "title", "alt", "placeholder", "value")
VOID = {"meta", "link", "img", "input", "br", "hr", "source", "use", "path"}


def is_foreign(words):
    """A name within an English sentence is a proper name, which the rule exempts."""
    return HAN.search(words) and not re.search("[A-Za-z]{2}", words)


class ForeignWords(HTMLParser):
    """Collects Chinese words in a page that nothing says are Chinese (WCAG 3.1.2)."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = [("", "")]
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1][1]
        if tag not in VOID:
            self.languages.append((tag, language))
        if language.startswith("zh") or tag in ("meta", "link", "input", "option"):
            return
        self.found += [given[name] for name in SAID if is_foreign(given.get(name) or "")]

    def handle_endtag(self, tag):
        while len(self.languages) > 1 and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, language = self.languages[-1]
        if tag not in ("script", "title", "option") and not language.startswith("zh"):
            self.found += [data.strip()] if is_foreign(data) else []


@pytest.fixture
def addresses():
    return make_one_of_each()


def test_english_pages_are_english_and_say_what_is_chinese(client, addresses):
    unsaid = {}
    for address in addresses:
        page = client.get(f"/en{address}").content.decode()
        words = ForeignWords()
        words.feed(page)
        assert '<html lang="en">' in page
        if words.found:
            unsaid[address] = words.found
    assert unsaid == {}


def test_a_page_leads_to_itself_in_the_other_language(client, addresses):
    # What was searched for stays behind; the page without a line is found by nobody.
    for address in (one for one in addresses if "?" not in one and one != "/offline/"):
        chinese = client.get(address)
        english = client.get(f"/en{address}")
        assert chinese.status_code == english.status_code
        if chinese.status_code == 200:
            assert f'href="/en{address}" lang="en"' in chinese.content.decode()
            page = english.content.decode()
            assert f'href="{address}" lang="zh-Hans"' in page
            if '<meta name="robots" content="noindex' in page:
                continue
            assert f'<link rel="canonical" href="http://testserver/en{address}">' in page
            assert f'hreflang="zh-Hans" href="http://testserver{address}"' in page


def test_links_of_an_english_page_stay_english_but_for_the_newsroom(client, addresses):
    links = set(re.findall(r'<a[^>]* href="(/[^"]*)"', client.get("/en/").content.decode()))
    assert {link for link in links if not link.startswith("/en/")} == {"/", "/admin/"}


def test_neither_cookie_nor_browser_decides_the_language(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get("/", headers={"accept-language": "en"})
    assert '<html lang="zh-Hans">' in answer.content.decode()
    assert not answer.cookies
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_newsroom_has_one_language(client):
    assert client.get("/en/admin/").status_code == 404

"""What the templates of the public site need to print a story."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article, Byline, Photo, Section
from articles.printing import set_text
from bulletin import inlined as heads
from bulletin.cards import type_folder
from bulletin.languages import CHINESE, other_languages
from communities.addresses import path_to, root_of

register = template.Library()

PARTS = re.compile(r"(?<=[：，。！？；、])|[ \u3000]+")
# Characters: above this a headline is set in a smaller size.
LONG_HEADLINE = 24
# Characters: the longest part of a headline that still fits on a line of a narrow column.
LONGEST_PHRASE = 13
# Characters: above this a part has no room on a phone's line where a headline is largest.
BROAD_PHRASE = 10
# What an address may ask for; anything else behind the "?" makes no page of its own.
PARAMETERS = ("kind", "month", "from")


@register.filter
def setting(headline: str) -> str:
    """Return how a headline is set, as class names.

    `long` ones are set smaller. Chinese headlines are often written in parts that spaces or
    punctuation divide ("巷口添了灯 夜路不再黑"); where the parts are short the headline is
    `phrased`: its lines break between them and nowhere else. A part of it that is `broad` has no
    room on a phone's line where the headline is at its largest.
    """
    parts = [part for part in PARTS.split(headline) if part]
    longest = max(map(len, parts), default=0)
    is_phrased = len(parts) > 1 and longest <= LONGEST_PHRASE
    names = {
        "long": len(headline) > LONG_HEADLINE,
        "phrased": is_phrased,
        "broad": is_phrased and longest > BROAD_PHRASE,
    }
    return " ".join(name for name, holds in names.items() if holds)


@register.filter
def beginning(story: Article, length: int) -> str:
    """Return a story's beginning of at most so many characters."""
    return story.summary(length)


@register.filter
def by_day(stories: Iterable[Article]) -> list[tuple[datetime.date, list[Article]]]:
    """Divide published stories, in their order, by the newsroom's day they appeared on."""
    return [
        (day, list(rows))
        for day, rows in groupby(stories, key=lambda story: timezone.localdate(story.publish_at))
    ]


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """Return a path with the site's scheme and host before it, as metadata needs it."""
    # A picture may be kept at another site: its address is whole already.
    if path.startswith("/") and not path.startswith("//"):
        return root_of(context["request"]) + iri_to_uri(path)
    return str(context["request"].build_absolute_uri(path))


@register.simple_tag
def path(view: str, *args: object) -> str:
    """Return a page's path: `{% url %}` with a memory (`communities.addresses.path_to`)."""
    return path_to(view, *args)


@register.filter
def names(sections: Iterable[Section]) -> tuple[tuple[int, str, str], ...]:
    """Return what `{% kept %}` has to know of sections whose names and addresses a piece prints."""
    return tuple((one.pk, one.slug, one.name) for one in sections)


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """Return this page's one address, without whatever else was hung on it."""
    request = context["request"]
    asked = {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    return root_of(request) + iri_to_uri(request.path) + query


class OpenPlaces(NamedTuple):
    """Where a page stands in the masthead, by what each of its places is to the page.

    "page" is the page itself, "true" holds the page, "" is neither. Of the sections one can be
    open: `section` is its key.
    """

    section: int | None = None
    section_as: str = ""
    communities: str = ""
    stations: str = ""
    activities: str = ""
    issues: str = ""
    search: str = ""


# What a page of each directory is about, as its view names it.
SUBJECTS = {
    "communities": ("community",),
    "stations": ("station",),
    "activities": ("activity", "choice"),
    "issues": ("issue",),
}
DIRECTORIES = {
    "communities": "communities:communities",
    "stations": "communities:stations",
    "activities": "communities:activities",
    "issues": "issues:issues",
    "search": "articles:search",
}


@register.simple_tag(takes_context=True)
def open_places(context: Context) -> OpenPlaces:
    """Say which of the masthead's places is open, or holds the page."""
    path = getattr(context.get("request"), "path", "")
    stand = {
        name: "true"
        for name, subjects in SUBJECTS.items()
        if any(context.get(subject) for subject in subjects)
    }
    stand |= {name: "page" for name, view in DIRECTORIES.items() if path == path_to(view)}
    section = context.get("section")
    filed = getattr(context.get("article"), "section", None)
    return OpenPlaces(
        section=getattr(section or filed, "pk", None),
        section_as="page" if section else "true" if filed else "",
        **stand,
    )


class ChineseNode(template.Node):
    """Stands on every page some fifty times, so it is spared what a simple tag costs."""

    def render(self, context: Context) -> SafeString:
        """Print the attribute where it is needed."""
        return NOTHING if (get_language() or "").startswith("zh") else IN_CHINESE


NOTHING, IN_CHINESE = SafeString(""), SafeString(f' lang="{CHINESE}"')


@register.tag
def chinese(parser: Parser, token: Token) -> ChineseNode:
    """Say that an element's words are Chinese, where the page around them is not (WCAG 3.1.2)."""
    return ChineseNode()


@register.simple_tag
def inlined(name: str) -> SafeString:
    """Print a style sheet or a script of ours in the page itself; `bulletin.inlined` says which."""
    return SafeString({**heads.STYLES, **heads.SCRIPTS}[name])


@register.simple_tag(takes_context=True)
def in_other_languages(context: Context) -> list[tuple[str, str, str]]:
    """Return where this page stands in the other languages: code, name, path."""
    return other_languages(context["request"]) if "request" in context else []


@register.simple_tag
def story_text(article: Article) -> SafeString:
    """Print a story's text with its photos, as in the paper."""
    figures = {
        number: figure(photo, is_first=number == 1)
        for number, photo in enumerate(article.photos.all(), start=1)
    }
    return set_text(article.blocks, figures, dateline=article.dateline)


def figure(photo: Photo, *, is_first: bool) -> SafeString:
    """Print a photo with its caption and credit.

    Args:
        photo: the photo.
        is_first: whether it is the story's first, which the reader should not have to wait for.

    """
    context = {"photo": photo, "eager": is_first, "opens": True}
    return render_to_string("components/_figure.html", context)


@register.simple_tag
def linked_credits(article: Article) -> SafeString:
    """Print a story's credit line without brackets, each name leading to the person's page.

    It is `Article.credit_line` character for character; a name that does not stand in it at its
    place stays without a link.
    """
    line = article.credit_line
    pieces: list[str] = []
    end = 0
    for byline in _people(article.bylines.all()):
        start = _find_name(line, byline, end)
        if start < 0:
            continue
        pieces.append(line[end:start])
        end = start + len(byline.name)
        address = path_to("articles:contributor", byline.contributor_id)
        pieces.append(format_html('<a href="{}">{}</a>', address, byline.name))
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, line[end:])))


def _people(bylines: Iterable[Byline]) -> list[Byline]:
    """Return one byline for each time a person is named; several roles share one naming."""
    return [
        next(rows)
        for _person, rows in groupby(bylines, key=lambda row: (row.name, row.organisation))
    ]


def _find_name(line: str, byline: Byline, begin: int) -> int:
    """Return where a name stands, passing over the organisation printed before it; -1 for no."""
    start = line.find(byline.name, begin)
    if byline.name in byline.organisation:
        printed = line.find(byline.organisation, begin)
        if 0 <= printed <= start:
            start = line.find(byline.name, printed + len(byline.organisation))
    return start


@register.inclusion_tag("components/_feed_links.html")
def feed_links(name: str, key: object = None, title: str = "") -> dict[str, object]:
    """Tell browsers and feed readers of a page's feeds.

    Args:
        name: the name of the feeds' address, such as "articles:section_feed".
        key: what is asked for there; none for the whole paper's.
        title: what the feeds are about.

    """
    return {"feeds": _feeds(name, key), "title": title}


@register.inclusion_tag("components/_follow.html")
def follow(name: str, key: object = None, words: str = "") -> dict[str, object]:
    """Offer a page's feeds to its readers.

    Args:
        name: as for `feed_links`.
        key: as for `feed_links`.
        words: what the links say; that they bring these stories, if nothing is given.

    """
    return {"feeds": _feeds(name, key), "words": words}


@register.inclusion_tag("components/_feed_choice.html")
def feed_choice(name: str, key: object = None, of: str = "") -> dict[str, object]:
    """Offer the two forms of a feed in a list of feeds (arguments as those of `feed_links`)."""
    return {"feeds": _feeds(name, key), "of": of}


def _feeds(name: str, key: object) -> list[tuple[str, str, str]]:
    """Return a page's feeds: each one's name, media type and address."""
    kinds = (("RSS", "rss"), ("Atom", "atom"))
    keys = [] if key is None else [key]
    return [(label, f"application/{form}+xml", path_to(name, *keys, form)) for label, form in kinds]


@register.simple_tag
def card_address(article: Article) -> str:
    """Return where a story's card is drawn; "" where there is no type to set it in."""
    return path_to("card", article.pk) if type_folder() else ""

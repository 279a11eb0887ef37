"""The search page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search import loosening
from articles.search.finding import MOST_PAGES, Found, find
from articles.search.indexing import with_words
from articles.search.query import Word
from articles.search.snippets import marked, snippet
from articles.search.suggestions import suggest
from articles.search_forms import SearchForm


class Result(NamedTuple):
    """A story as the results show it, its hits marked."""

    story: Article
    headline: SafeString
    passage: SafeString


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the stories that hold what was typed, and the places and people that may be meant."""
    at = timezone.now()
    form = SearchForm(request.GET, at=at)
    query, number = form.query, _page_number(request.GET.get("page", ""))
    found = find(query, form.filters, number=number, at=at)
    looser = None
    if query.words and not found.total:
        looser = loosening.apart(query, at)
        found = find(looser, form.filters, number=number, at=at) if looser else found
    shown = looser if looser and found.total else query
    answer = render(
        request,
        "articles/search.html",
        {
            "form": form,
            "query": query,
            "apart": shown.words if shown is not query else None,
            "found": found,
            "results": _results(found.keys, shown.words),
            "suggestions": suggest(query, at),
            "taken_out": _filters_taken_out(form),
            "ways": [] if found.total else _ways_on(form, at),
            **_pages(form, found),
        },
    )
    # What somebody looked for is no page to be found.
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page_number(text: str) -> int:
    """Read the page's number; the first for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        return 1
    return min(max(int(text), 1), MOST_PAGES)


def _results(keys: Sequence[int], words: Sequence[Word]) -> list[Result]:
    stories = with_words(Article.objects.published()).in_bulk(keys)
    return [
        Result(stories[key], marked(stories[key].headline, words), snippet(stories[key], words))
        for key in keys
        if key in stories
    ]


def _pages(form: SearchForm, found: Found) -> dict[str, Any]:
    before = found.number - 1
    return {
        "newer": form.address(page=before if before > 1 else None) if before else "",
        "older": form.address(page=found.number + 1) if found.has_next else "",
        "is_last": found.number == MOST_PAGES,
    }


def _filters_taken_out(form: SearchForm) -> list[tuple[str, str]]:
    """Return each filter in words, and the address of the same search without it."""
    filters = form.filters
    named = {
        "section": filters.section,
        "community": filters.community,
        "contributor": filters.contributor and _("by %(name)s") % {"name": filters.contributor},
        "since": filters.since and _("from %(day)s") % {"day": filters.since},
        "until": filters.until and _("to %(day)s") % {"day": filters.until},
    }
    return [(str(words), form.address(**{name: None})) for name, words in named.items() if words]


def _ways_on(form: SearchForm, at: Any) -> list[dict[str, Any]]:
    """Return what leads further where nothing was found: fewer filters, or fewer words."""
    query, filters = form.query, form.filters
    if filters and (everywhere := find(query, at=at)).total:
        without = dict.fromkeys(("section", "community", "contributor", "since", "until"))
        address = form.address(**without)
        return [{"words": _("Search in all stories"), "address": address, "found": everywhere}]
    return [
        {
            "words": _("Without “%(word)s”") % {"word": way.left_out.typed},
            "address": form.address(way.query),
            "found": way.found,
        }
        for way in loosening.ways_on(query, filters, at)
    ]

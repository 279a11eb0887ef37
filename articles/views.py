"""Stories and the lists of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import oembed as embedding
from articles import previews
from articles.listing import Listing, PlaceError
from articles.models import Article, ArticleQuerySet, Contributor, Section, Status, Tag
from articles.ninjs import story_as_ninjs, withdrawn_as_ninjs
from articles.rare_characters import rare_readings
from articles.story_page import story_page
from communities.addresses import root_of
from communities.models import Community

# People and words become public with their first story: a name in a draft tells something too.
KNOWN_BY_STORIES = ("contributor", "tag")


def list_stories(request: HttpRequest, stories: ArticleQuerySet) -> Listing[Article]:
    """Return the page of a list of stories that `?from=` asks for.

    Raises:
        Http404: when there is no such place in a list.

    """
    try:
        return stories.for_lists().listing(request.GET.get("from", ""))
    except PlaceError:
        raise Http404("no such place in the list") from None


def _list_page(
    request: HttpRequest, kind: str, subject: Model, stories: ArticleQuerySet
) -> HttpResponse:
    listing = list_stories(request, stories)
    if not listing.rows and kind in KNOWN_BY_STORIES and "from" not in request.GET:
        raise Http404("nothing public yet")
    return render(request, f"articles/{kind}.html", {kind: subject, "listing": listing})


def known_to_the_public(pk: int) -> Article:
    """Return a story the public sees, with everything, or one that was withdrawn from it.

    Raises:
        Http404: for any other.

    """
    story = Article.objects.published().with_everything().filter(pk=pk).first()
    return story or get_object_or_404(Article.objects.withdrawn(), pk=pk)


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story the public may see."""
    now = timezone.now()
    page = story_page(pk, now)
    if page is None:
        if story := Article.objects.withdrawn(now).filter(pk=pk).first():
            return render(request, "articles/withdrawn.html", {"article": story}, status=410)
        # It may have come back between the two questions.
        page = story_page(pk, now)
    if page is None:
        raise Http404("no such public story")
    return show_story(request, page.story, related=page.related, more=page.more, **page.every_page)


@require_safe
def article_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell other systems of a story the public may see, or that it may not any more (ninjs)."""
    story = known_to_the_public(pk)
    root = root_of(request)
    if story.status == Status.WITHDRAWN:
        return as_json(withdrawn_as_ninjs(story, root=root), status=410)
    return as_json(story_as_ninjs(story, root=root))


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell another site how it may show a story of ours (`?url=`)."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("JSON alone.", status=501, content_type="text/plain")
    story = embedding.story_at(request.GET.get("url", ""), request.get_host())
    if story is None:
        raise Http404("no public story at that address")
    width = embedding.size(request.GET.get("maxwidth", ""), embedding.WIDTH)
    height = embedding.size(request.GET.get("maxheight", ""), embedding.HEIGHT)
    root = root_of(request)
    answer = as_json(embedding.embedded(story, root=root, width=width, height=height))
    # A browser on the other site may ask by itself: there is nothing here but what is public.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def article_pinyin(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how the rare characters of a story are read, for the care edition."""
    story = get_object_or_404(Article.objects.published().for_lists(), pk=pk)
    return as_json({"readings": rare_readings(story)})


def as_json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """Answer with JSON in which Chinese can be read."""
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def show_story(request: HttpRequest, story: Article, **context: Any) -> HttpResponse:
    """Show a story on its own page; previews show it the same way."""
    belongings = {
        "photos": story.photos.all(),
        "corrections": story.corrections.all(),
        "tags": story.tags.all(),
        "printed_on": story.printed_on,
    }
    return render(request, "articles/article.html", {"article": story, **belongings, **context})


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show a story that is not public to whoever has its secret link."""
    link = previews.opened_by(token)
    if link is None:
        return render(request, "articles/preview_expired.html", status=410)
    story = Article.objects.for_page().get(pk=link.article_id)
    response = show_story(request, story, is_preview=True, expires_at=link.expires_at)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the secret: it is not to be told to the pages the story links to.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a section's or standing column's stories."""
    subject = get_object_or_404(Section, slug=slug)
    stories = Article.objects.published().current().in_section(subject)
    return _list_page(request, "section", subject, stories)


@require_safe
def contributor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person and the stories they are credited with."""
    subject = get_object_or_404(Contributor.objects.select_related("community"), pk=pk)
    return _list_page(request, "contributor", subject, subject.stories())


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the stories filed under a word."""
    subject = get_object_or_404(Tag, slug=slug)
    return _list_page(request, "tag", subject, subject.stories())


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """List the feeds that one can follow: the paper, its sections and columns, places."""
    sections = list(Section.objects.all())
    return render(
        request,
        "articles/feeds.html",
        {
            "sections": sections,
            "section_bar": [one for one in sections if one.kind == Section.Kind.SECTION],
            "places": Community.objects.in_tree_order(),
        },
    )

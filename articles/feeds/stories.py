"""Feeds of stories: of the whole paper, and of what a reader follows."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.views.decorators.http import require_safe

from articles.elsewhere import media_type, photo_address, text_for_elsewhere
from articles.feeds.feed import NAMES, PaperFeed
from articles.feeds.formats import whole_seconds
from articles.feeds.freshness import Freshness, freshness_of
from articles.models import Article, ArticleQuerySet, Contributor, Photo, Section, Tag
from communities.models import Community, FormerAddress

SUMMARY = 120


def name_of(story: Article) -> str:
    """Return a story's name in feeds: the same for ever, whatever the site's address becomes."""
    return uuid.uuid5(NAMES, f"{story.pk} {story.created_at.isoformat()}").urn


class StoryFeed(PaperFeed):
    """The newest stories of the paper, whole; its subclasses leave some of them."""

    address = "articles:feed"
    stories = 30
    # Whether it is there only once a story of it is public.
    needs_stories = False

    def within(self, stories: ArticleQuerySet, subject: Any) -> ArticleQuerySet:
        """Leave of some stories those that are about the subject."""
        return stories

    def freshness(self, subject: Any, said: Iterable[object]) -> Freshness:
        """Tell which stories it brings, and since when (two queries).

        Raises:
            Http404: when there has to be one, and is none.

        """
        fresh = freshness_of(
            lambda stories: self.within(stories, subject), at=self.at, count=self.stories, said=said
        )
        if self.needs_stories and not fresh.keys:
            raise Http404("nothing public yet")
        return fresh

    def items(self) -> list[Article]:
        """Return the stories (three queries)."""
        stories = Article.objects.published(self.at).for_feeds().in_bulk(self.fresh.keys)
        return [stories[key] for key in self.fresh.keys if key in stories]

    def item_title(self, item: Article) -> str:
        """Return the headline; both formats take it as plain text."""
        return item.headline

    def item_description(self, item: Article) -> str:
        """Return the deck, or the story's beginning."""
        return item.deck or item.summary(SUMMARY)

    def item_guid(self, item: Article) -> str:
        """Return the story's lasting name."""
        return name_of(item)

    def item_pubdate(self, item: Article) -> datetime.datetime | None:
        """Return when the story appeared."""
        return whole_seconds(item.publish_at) if item.publish_at else None

    def item_updateddate(self, item: Article) -> datetime.datetime | None:
        """Return when readers were given it last: as it appeared, or corrected."""
        return whole_seconds(item.modified_at) if item.modified_at else None

    def item_categories(self, item: Article) -> list[str]:
        """Return where the story is filed: section, column, tags, places."""
        filed = [one.name for one in (item.section, item.column) if one]
        words = [tag.name for tag in item.tags.all()]
        places = [place.name for place in item.communities.all()]
        return list(dict.fromkeys([*filed, *words, *places]))

    def item_copyright(self, item: Article) -> str | None:
        """Return whose a reprint is."""
        return item.source or None

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        """Return the first photo, if its file is where it should be."""
        photo = item.first_photo
        size = _size(photo) if photo else 0
        if not photo or not size:
            return []
        return [Enclosure(photo_address(photo, self.root), str(size), media_type(photo))]

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        """Return the whole text, its authors and the picture's facts."""
        text = text_for_elsewhere(item, self.root)
        page = self.root + item.get_absolute_url()
        authors = {
            line.name: self.root + reverse("articles:contributor", args=[line.contributor_id])
            for line in item.bylines.all()
        }
        content = {"story": item, "text": text, "address": page}
        return {
            "content": render_to_string("articles/_feed_text.html", content),
            "authors": list(authors.items()),
            "picture": self._picture(item.first_photo),
        }

    def _picture(self, photo: Photo | None) -> dict[str, str]:
        if photo is None:
            return {}
        return {
            "url": photo_address(photo, self.root),
            "type": media_type(photo),
            "width": str(photo.width),
            "height": str(photo.height),
            "caption": photo.caption,
            "credit": photo.credit,
        }


def _size(photo: Photo) -> int:
    """Return a picture's bytes; 0 where its file is gone."""
    try:
        return photo.image.size
    except OSError:
        return 0


class SectionFeed(StoryFeed):
    """The newest stories of a section or a standing column."""

    address = "articles:section_feed"

    def subject(self, asked: dict[str, Any]) -> Section:
        """Return the section."""
        return get_object_or_404(Section, **asked)

    def within(self, stories: ArticleQuerySet, subject: Section) -> ArticleQuerySet:
        """Leave its stories."""
        return stories.in_section(subject)


class CommunityFeed(StoryFeed):
    """The newest stories about a place and the places in it."""

    address = "articles:community_feed"

    def subject(self, asked: dict[str, Any]) -> Community:
        """Return the place."""
        return get_object_or_404(Community, **asked)

    def within(self, stories: ArticleQuerySet, subject: Community) -> ArticleQuerySet:
        """Leave the stories about it."""
        return stories.about(subject)

    def answer(self, **asked: Any) -> HttpResponseBase:
        """Answer with the feed, or lead on from an address the place had before."""
        try:
            return super().answer(**asked)
        except Http404:
            former = get_object_or_404(FormerAddress.objects.select_related("community"), **asked)
            return redirect(self.address, former.community.slug, self.form, permanent=True)


class ContributorFeed(StoryFeed):
    """The newest stories with a person's name under them."""

    address = "articles:contributor_feed"
    needs_stories = True

    def subject(self, asked: dict[str, Any]) -> Contributor:
        """Return the person."""
        return get_object_or_404(Contributor, **asked)

    def within(self, stories: ArticleQuerySet, subject: Contributor) -> ArticleQuerySet:
        """Leave the stories they are credited with."""
        return stories.signed_by(subject)


class TagFeed(StoryFeed):
    """The newest stories filed under a word."""

    address = "articles:tag_feed"
    needs_stories = True

    def subject(self, asked: dict[str, Any]) -> Tag:
        """Return the word."""
        return get_object_or_404(Tag, **asked)

    def within(self, stories: ArticleQuerySet, subject: Tag) -> ArticleQuerySet:
        """Leave the stories that carry it."""
        return stories.tagged_with(subject)


def feed(kind: type[PaperFeed]) -> Callable[..., HttpResponseBase]:
    """Return the view of a kind of feed."""

    @require_safe
    def view(request: HttpRequest, form: str, **asked: Any) -> HttpResponseBase:
        return kind(request, form).answer(**asked)

    return view

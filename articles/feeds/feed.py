"""What every feed of the paper has: its own facts, and telling whether it has changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from articles.feeds.formats import FORMS, WholeStories
from articles.feeds.freshness import Freshness
from articles.ninjs import usage_terms
from communities.addresses import root_of

LANGUAGE = "zh-CN"
# The names of what feeds bring hang on what never changes, and on no host.
NAMES = uuid.UUID("7ba3fd2e-9a0d-5c53-8f4e-3f5e1d0c6a11")


class PaperFeed(Feed):
    """A feed of the paper; its subclasses say what it brings.

    One is made for each request: what it prints depends on the address it was asked under.
    """

    language = LANGUAGE
    item_guid_is_permalink = False
    # The kind of address: what a subclass is asked for under.
    address: str

    def __init__(self, request: HttpRequest, form: str) -> None:
        """Take the request, and "rss" or "atom"."""
        self.request = request
        self.form = form
        self.feed_type: type[WholeStories] = FORMS[form]
        self.root = root_of(request)
        self.at = timezone.now()
        self.fresh: Freshness

    def subject(self, asked: dict[str, Any]) -> Model | None:
        """Return what the feed is about; None for the whole paper.

        Raises:
            Http404: when there is no such thing.

        """
        return None

    def freshness(self, subject: Any, said: Iterable[object]) -> Freshness:
        """Tell what the feed brings, and since when.

        Args:
            subject: what it is about.
            said: what it prints besides: its address, its title.

        """
        raise NotImplementedError

    def answer(self, **asked: Any) -> HttpResponseBase:
        """Answer with the feed, or that it is as it was when the reader fetched it."""
        subject = self.subject(asked)
        said = (self.feed_url(), self.title(subject), self.description(subject))
        self.fresh = self.freshness(subject, said)
        changed_at = int(self.fresh.changed_at.timestamp())
        answer = get_conditional_response(
            self.request, etag=self.fresh.etag, last_modified=changed_at
        )
        if answer is None:
            feed = self.get_feed(subject, self.request)
            answer = HttpResponse(content_type=self.feed_type.content_type)
            feed.write(answer, "utf-8")
        answer["ETag"] = self.fresh.etag
        answer["Last-Modified"] = http_date(changed_at)
        answer["Cache-Control"] = "public, max-age=60"
        if settings.WEBSUB_HUB:
            answer["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{self.feed_url()}>; rel="self"'
        return answer

    def title(self, subject: Any) -> str:
        """Return the feed's name."""
        paper: str = settings.SITE_NAME
        return f"{subject} · {paper}" if subject else paper

    def description(self, subject: Any) -> str:
        """Return what it brings."""
        words = {"subject": subject, "paper": settings.SITE_NAME}
        if subject:
            return _("Stories of %(paper)s: %(subject)s") % words
        return settings.SITE_MOTTO or _("The newest stories of %(paper)s") % words

    subtitle = description

    def link(self, subject: Any) -> str:
        """Return the page the feed belongs to."""
        return subject.get_absolute_url() if subject else reverse("home")

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return self.request.build_absolute_uri(self.request.path)

    def author_name(self) -> str:
        """Return who answers for stories without a byline."""
        paper: str = settings.SITE_NAME
        return paper

    def author_link(self) -> str:
        """Return the paper's address."""
        return f"{self.root}/"

    def feed_copyright(self) -> str:
        """Return on what terms the stories may be used."""
        return f"© {settings.SITE_NAME} {usage_terms()}"

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        """Return what only our generators know."""
        return {"changed_at": self.fresh.changed_at, "hub": settings.WEBSUB_HUB}

"""The reviewers' queues, a page for each stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import reviews
from articles.models import Article, ArticleQuerySet, Stage
from articles.stages import REVIEW_RIGHTS

if TYPE_CHECKING:
    from .article import ArticleAdmin

PER_PAGE = 50


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the address of a stage's queue."""

    def queue(request: HttpRequest, stage: str) -> HttpResponse:
        if stage not in REVIEW_RIGHTS:
            raise Http404
        if not request.user.has_perm(REVIEW_RIGHTS[stage]):
            raise PermissionDenied
        everything = request.GET.get("all") == "1"
        stories = _waiting(cast(User, request.user), stage, everything=everything)
        listing = Paginator(stories.for_lists().select_related("filed_by"), PER_PAGE)
        return render(
            request,
            "admin/articles/article/queue.html",
            {
                **site_admin.admin_site.each_context(request),
                "title": gettext("To review: %(stage)s") % {"stage": Stage(stage).label},
                "stage": stage,
                "listing": listing.get_page(request.GET.get("page")),
                "everything": everything,
                "now": timezone.now(),
            },
        )

    wrap = site_admin.admin_site.admin_view
    return [path("queue/<str:stage>/", wrap(require_safe(queue)), name="articles_article_queue")]


def _waiting(user: User, stage: str, *, everything: bool = False) -> ArticleQuerySet:
    waiting = Article.objects.awaiting(stage).prefetch_related("communities")
    return waiting if everything else waiting.for_reviewer(user, stage)


def next_in_queue(user: User, stage: str) -> Article | None:
    """Return the story a reviewer comes to next, leaving out those they may not pass."""
    for story in _waiting(user, stage)[:20]:
        if reviews.may_pass(story, user):
            return story
    return None

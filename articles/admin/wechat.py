"""A story set for the editor of a WeChat official account: a preview, and a button that copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.wechat import SUMMARY_LENGTH, WechatCopy, copy_story, refusal
from communities.addresses import root_of

if TYPE_CHECKING:
    from .article import ArticleAdmin

View = Callable[..., HttpResponse]


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses of a story's copy and of its preview."""
    wrap = site_admin.admin_site.admin_view

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        reason = refusal(story)
        context: dict[str, Any] = {
            **site_admin.admin_site.each_context(request),
            "article": story,
            "opts": site_admin.opts,
            "refusals": [reason] if reason else [],
        }
        if not reason:
            context |= {
                **offered(copy_story(story, root=root_of(request))),
                "preview": reverse("admin:articles_article_wechat_shown", args=[pk]),
                "summary": story.summary(SUMMARY_LENGTH),
                "address": root_of(request) + story.identity.get_absolute_url(),
                "is_public": story.identity.is_public(),
            }
        return render(request, "admin/articles/article/wechat.html", context)

    def shown(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        if refusal(story):
            raise Http404
        return show_copy(request, copy_story(story, root=root_of(request)))

    return [
        path("<int:pk>/wechat/", wrap(require_safe(page)), name="articles_article_wechat"),
        path(
            "<int:pk>/wechat/page/",
            wrap(require_safe(framed(shown))),
            name="articles_article_wechat_shown",
        ),
    ]


def framed(view: View) -> View:
    """Let a view's page be shown in a frame of the admin, with the styles its elements carry.

    The copy is nothing without inline styles, which the site's policy forbids. So the preview is a
    page of its own, in a frame without rights (`sandbox`), and its policy alone allows them: it
    allows no script and nothing from elsewhere, and all its words are escaped.
    """
    policy = csp_replace(
        {
            "default-src": [NONE],
            "img-src": [SELF, "data:"],
            "style-src": [UNSAFE_INLINE],
            "frame-ancestors": [SELF],
        }
    )
    return cast(View, policy(xframe_options_sameorigin(cast(Any, view))))


def offered(copy: WechatCopy) -> dict[str, Any]:
    """Return what the page around a copy is drawn with: the copy, and what its button gives."""
    return {"copy": copy, "given": {"html": copy.html, "text": copy.text}}


def show_copy(request: HttpRequest, copy: WechatCopy) -> HttpResponse:
    """Show a copy as it will look in WeChat."""
    return render(request, "admin/articles/article/wechat_shown.html", {"copy": copy})


def _story(site_admin: ArticleAdmin, request: HttpRequest, pk: int) -> Article:
    stories = cast(Any, site_admin.get_queryset(request))
    return get_object_or_404(stories.for_lists().select_related("revises"), pk=pk)

"""A story's way to the reader after its approval: publishing, changing, withdrawing, previewing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles import previews, publishing
from articles.models import Article, PreviewLink
from articles.publishing import PublishingError
from articles.stages import ReviewError
from articles.views import show_story
from communities.addresses import root_of

from .deeds import DEEDS, Deed, deeds_for
from .steps import standing_label, what_now

if TYPE_CHECKING:
    from .article import ArticleAdmin


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses of a story's publication, its previews and its links."""
    wrap = site_admin.admin_site.admin_view

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        return _publication(site_admin, request, story)

    def preview(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        context = site_admin.admin_site.each_context(request)
        return render(request, "admin/articles/article/preview.html", {**context, "article": story})

    def shown(request: HttpRequest, pk: int) -> HttpResponse:
        stories = site_admin.get_queryset(request)
        story = get_object_or_404(cast(Any, stories).for_page(), pk=pk)
        return show_story(request, story, is_preview=not story.is_public())

    def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        if request.method != "POST":
            raise Http404
        found = get_object_or_404(PreviewLink, pk=link, article=story)
        previews.revoke(found, by=cast(User, request.user))
        messages.success(request, gettext("The link opens nothing any more."))
        return HttpResponseRedirect(_address(story))

    # The preview shows the page in frames, which no other page of the site may be.
    framed: Any = csp_replace({"frame-ancestors": ["'self'"]})(
        xframe_options_sameorigin(cast(Any, shown))
    )
    return [
        path("<int:pk>/publication/", wrap(page), name="articles_article_publication"),
        path("<int:pk>/preview/", wrap(require_safe(preview)), name="articles_article_preview"),
        path("<int:pk>/preview/page/", wrap(require_safe(framed)), name="articles_article_shown"),
        path(
            "<int:pk>/preview/links/<int:link>/revoke/",
            wrap(revoke),
            name="articles_article_revoke",
        ),
    ]


def _story(site_admin: ArticleAdmin, request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(site_admin.get_queryset(request), pk=pk)


def _address(story: Article) -> str:
    return reverse("admin:articles_article_publication", args=[story.pk])


def _publication(site_admin: ArticleAdmin, request: HttpRequest, story: Article) -> HttpResponse:
    offered = deeds_for(story, request.user)
    chosen = next((deed for deed in offered if deed.name == request.POST.get("deed")), None)
    if request.method == "POST" and chosen is None:
        return _too_late(request, story)
    typed: forms.Form | None = None
    if chosen is not None:
        typed = chosen.form(request.POST, prefix=chosen.name)
        if typed.is_valid() and (answer := _do(request, story, chosen, typed)):
            return answer
        story.refresh_from_db()
    return render(
        request,
        "admin/articles/article/publication.html",
        {
            **site_admin.admin_site.each_context(request),
            "title": story.headline,
            "article": story,
            "opts": site_admin.opts,
            "standing": standing_label(story),
            "working_copy": publishing.working_copy_of(story),
            "bound_to": publishing.bound_to(story),
            "deeds": _with_forms(offered, chosen, typed, story),
            "links": previews.alive(story).select_related("by"),
            "root": root_of(request),
        },
    )


def _with_forms(
    deeds: Iterable[Deed], chosen: Deed | None, typed: forms.Form | None, story: Article
) -> list[tuple[Deed, forms.Form]]:
    """Pair each deed with its form: what was typed and refused comes back as it was."""
    hour = {"publish_at": story.publish_at or timezone.localtime()}
    return [
        (
            deed,
            typed if deed is chosen and typed else deed.form(prefix=deed.name, initial=hour),
        )
        for deed in deeds
    ]


def _too_late(request: HttpRequest, story: Article) -> HttpResponse:
    if request.POST.get("deed") not in {deed.name for deed in DEEDS}:
        raise PermissionDenied
    messages.warning(request, gettext("This cannot be done to the story as it stands now."))
    return HttpResponseRedirect(_address(story))


def _do(request: HttpRequest, story: Article, deed: Deed, form: forms.Form) -> HttpResponse | None:
    """Do it; a refusal is told at its form and None returned."""
    original = story.identity
    try:
        with transaction.atomic():
            done = deed.do(story, cast(User, request.user), form.cleaned_data)
    except (PublishingError, ReviewError) as refusal:
        form.add_error(None, str(refusal))
        return None
    if deed.name == "revise":
        messages.success(request, gettext("This is the working copy; readers see the old text."))
        address = reverse("admin:articles_article_change", args=[done.pk])
        return HttpResponseRedirect(address)
    if deed.name == "link":
        messages.success(request, gettext("The link is made; it stands below."))
        return HttpResponseRedirect(_address(story))
    original.refresh_from_db()
    messages.success(request, what_now(original))
    still_there = Article.objects.filter(pk=story.pk).exists()
    return HttpResponseRedirect(_address(story if still_there else original))

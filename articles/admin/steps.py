"""Moving a story by a button: handing it in, taking it back, putting it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import publishing, reviews
from articles.models import Article, StoryEvent
from articles.publishing import Standing
from articles.stages import ReviewError, is_open_to

if TYPE_CHECKING:
    from .article import ArticleAdmin

# The table of `articles.stages` says who sees which.
VERBS: dict[str, Callable[..., StoryEvent]] = {
    "submit": reviews.submit,
    "recall": reviews.recall,
    "discard": reviews.discard,
    "recover": reviews.recover,
}
LABELS = {
    "recall": _("Take back from review"),
    "discard": _("Discard"),
    "recover": _("Recover"),
}


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the address the buttons send to."""

    def step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        story = get_object_or_404(site_admin.get_queryset(request), pk=pk)
        return take(request, story, verb)

    return [
        path(
            "<int:pk>/step/<str:verb>/",
            site_admin.admin_site.admin_view(require_POST(step)),
            name="articles_article_step",
        )
    ]


def offered(story: Article, user: User | AnonymousUser) -> list[tuple[str, str]]:
    """Return the addresses and labels of the buttons somebody may press under a story."""
    return [
        (reverse("admin:articles_article_step", args=[story.pk, verb]), str(label))
        for verb, label in LABELS.items()
        if is_open_to(user, verb, story)
    ]


def take(request: HttpRequest, story: Article, verb: str) -> HttpResponse:
    """Do what a button says and show the story again, with what has come of it.

    Raises:
        PermissionDenied: for a verb this person was never shown.

    """
    if verb not in VERBS:
        raise PermissionDenied
    try:
        with transaction.atomic():
            VERBS[verb](story, by=request.user)
    except ReviewError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, what_now(story))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))


def standing_label(story: Article) -> SafeString:
    """Return how near a story is to the reader, as the small label lists and forms show."""
    standing = publishing.standing(story)
    label = format_html(
        '<span class="standing standing-{}">{}</span>', standing.value, standing.label
    )
    if story.revises_id is None:
        return label
    return format_html('<span class="standing">{}</span> {}', gettext("working copy"), label)


def what_now(story: Article) -> str:
    """Say where a story stands that has just been moved."""
    values = {"story": story.headline}
    standing = publishing.standing(story)
    if standing == Standing.UNTIMED:
        return gettext("“%(story)s” is approved; readers see it once it is published.") % values
    if standing == Standing.WAITING and story.publish_at:
        values["time"] = date_format(localtime(story.publish_at), "DATETIME_FORMAT")
        return gettext("“%(story)s” is approved; readers see it from %(time)s on.") % values
    if standing == Standing.PUBLISHED:
        return gettext("“%(story)s” is public.") % values
    return gettext("“%(story)s”: %(standing)s.") % {**values, "standing": standing.label}

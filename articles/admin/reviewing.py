"""The review screen: the text with what has changed in it, its comments, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import commenting, reviews
from articles.comparison import compare_states
from articles.fate import fate_of
from articles.marking import MarkedStory, set_story
from articles.models import STAGES, Article, ArticleQuerySet, Comment, Review, Revision
from articles.models.article_queryset import AWAITS
from articles.revisions import ConflictError, snapshot
from articles.stages import REVIEW_RIGHTS, ReviewError
from articles.waiving import may_waive

from .checking import warnings_of
from .desk import next_in_queue
from .steps import standing_label, what_now

if TYPE_CHECKING:
    from .article import ArticleAdmin

VERBS: dict[str, Callable[..., Review]] = {
    "pass": reviews.pass_review,
    "return": reviews.send_back,
    "decline": reviews.decline,
}
# What is said most often; a reviewer adds to it.
QUICK_REASONS = (
    _("The facts are to be checked."),
    _("The figures do not agree."),
    _("The headline does not fit the story."),
    _("The picture is not clear, or its caption is missing."),
    _("Time, place or persons are missing."),
    _("Too long; please shorten it."),
)


class DecisionForm(forms.Form):
    """What a reviewer decides, about which text, and why."""

    decision = forms.ChoiceField(choices=[(name, name) for name in VERBS])
    stage = forms.ChoiceField(choices=[(stage.value, stage.value) for stage in STAGES])
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    note = forms.CharField(required=False, max_length=2000)


class CommentForm(forms.Form):
    """A comment as it was typed; whether it makes sense is said by `articles.commenting`."""

    text = forms.CharField(required=False, max_length=2000)
    quote = forms.CharField(required=False, max_length=2000)
    field = forms.CharField(required=False, max_length=20)
    nth = forms.IntegerField(required=False, min_value=0, max_value=10_000)


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses of the review screen and of the comments."""
    wrap = site_admin.admin_site.admin_view

    def review(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        if request.method != "POST":
            return _screen(site_admin, request, story)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        return _decide(site_admin, request, story, form.cleaned_data)

    def comment(request: HttpRequest, pk: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        form = CommentForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        said = form.cleaned_data
        try:
            commenting.add_comment(
                story, by=cast(User, request.user), **{**said, "nth": said["nth"] or 0}
            )
        except ReviewError as refusal:
            return _screen(site_admin, request, story, comment=said, refused=str(refusal))
        return HttpResponseRedirect(address(story) + "#comments")

    def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        story = _story(site_admin, request, pk)
        found = get_object_or_404(Comment, pk=comment, article=story.identity)
        if found.resolved_at is None:
            commenting.settle(found, by=request.user)
        else:
            commenting.reopen_comment(found, by=request.user)
        back = "articles_article_change" if "form" in request.POST else "articles_article_review"
        return HttpResponseRedirect(reverse(f"admin:{back}", args=[story.pk]) + "#comments")

    return [
        path("<int:pk>/review/", wrap(review), name="articles_article_review"),
        path("<int:pk>/comments/", wrap(require_POST(comment)), name="articles_article_comment"),
        path(
            "<int:pk>/comments/<int:comment>/settle/",
            wrap(require_POST(settle)),
            name="articles_article_settle",
        ),
    ]


def address(story: Article) -> str:
    """Return where a story is reviewed."""
    return reverse("admin:articles_article_review", args=[story.pk])


def with_to_review(stories: ArticleQuerySet, user: User | AnonymousUser) -> ArticleQuerySet:
    """Fetch along whether a story waits for a review somebody may make, as `to_review`."""
    mine = [AWAITS[stage] for stage in STAGES if user.has_perm(REVIEW_RIGHTS[stage])]
    waits = Case(When(status__in=mine, then=Value(True)), default=Value(False))
    return stories.annotate(to_review=waits)


def leading_to_review(story: Article, label: SafeString) -> SafeString:
    """Return a story's label in a list; it leads to the review screen where that is wanted."""
    if not getattr(story, "to_review", False):
        return label
    link = '<a class="to-review" href="{}">{} {}</a>'
    return format_html(link, address(story), label, gettext("Review"))


def _story(site_admin: ArticleAdmin, request: HttpRequest, pk: int) -> Article:
    stories = site_admin.get_queryset(request).select_related("head", "revises", "filed_by")
    return get_object_or_404(stories, pk=pk)


def _compared_with(story: Article, user: User) -> Revision | None:
    """Return the text a change is measured against: the one published, or judged last."""
    if story.revises is not None:
        return story.revises.head
    return reviews.last_seen_by(story, user)


def _screen(
    site_admin: ArticleAdmin,
    request: HttpRequest,
    story: Article,
    *,
    seen: int | None = None,
    **said: Any,
) -> HttpResponse:
    """Show a story for review.

    Args:
        site_admin: the stories' admin.
        request: whose.
        story: the story.
        seen: the number of the revision somebody has read; what has changed since it is shown.
        said: what was refused, and what had been typed: `refused`, `note`, `comment`.

    """
    user = cast(User, request.user)
    stage = reviews.stage_of(story)
    may_judge = stage is not None and user.has_perm(REVIEW_RIGHTS[stage])
    context = {
        **site_admin.admin_site.each_context(request),
        **said,
        **_text(request, story, seen),
        "title": story.headline,
        "opts": site_admin.opts,
        "article": story,
        "fate": fate_of(story),
        "standing": standing_label(story),
        "stage": stage,
        "stage_label": stage.label if stage else "",
        "objection": reviews.objection(story, stage, user) if stage and may_judge else "",
        "may_judge": may_judge,
        "writers": User.objects.filter(pk__in=reviews.writers(story)).order_by("pk"),
        "persons": reviews.persons_required(),
        "reviews": list(story.identity.reviews.select_related("by", "revision")),
        "quick_reasons": QUICK_REASONS,
        "warnings": warnings_of(story),
        "may_waive": may_waive(user, story),
        "may_edit": site_admin.has_change_permission(request, story),
    }
    return render(request, "admin/articles/article/review.html", context)


def _text(request: HttpRequest, story: Article, seen: int | None) -> dict[str, Any]:
    """Return the story as it will look, marked, or beside what it was, as the page is asked."""
    content = story.head.content if story.head else None
    if seen is None:
        old = _compared_with(story, cast(User, request.user))
    else:
        old = story.identity.revisions.filter(number=seen).first()
    asked = request.GET.get("show", "")
    comments = list(commenting.comments_on(story))
    before = old.content if old and asked != "clean" else None
    fields = compare_states(before, content, comments) if content else []
    changed = bool(old and content and old.digest != cast(Revision, story.head).digest)
    return {
        "compared_with": old,
        "changed": changed,
        "show": asked if changed else "",
        "fields": fields,
        "marked": set_story(story, fields, before, comments),
        "comments": comments,
        "open_comments": sum(comment.resolved_at is None for comment in comments),
    }


def as_set(story: Article | None) -> MarkedStory | None:
    """Return a story as it will look, without any marks; None where there is none yet."""
    return set_story(story, compare_states(None, snapshot(story)), None) if story else None


def _decide(
    site_admin: ArticleAdmin, request: HttpRequest, story: Article, said: dict[str, Any]
) -> HttpResponse:
    """Do what a reviewer decided; a refusal comes back with what they had written."""
    try:
        with transaction.atomic():
            VERBS[said["decision"]](
                story, stage=said["stage"], by=request.user, note=said["note"], seen=said["seen"]
            )
    except ConflictError:
        story.refresh_from_db()
        refused = gettext(
            "The text has changed since you opened it; what is new in it is marked below."
        )
        seen = said["seen"]
        return _screen(site_admin, request, story, note=said["note"], refused=refused, seen=seen)
    except ReviewError as refusal:
        story.refresh_from_db()
        return _screen(site_admin, request, story, note=said["note"], refused=str(refusal))
    messages.success(request, what_now(story))
    following = next_in_queue(cast(User, request.user), said["stage"])
    if following is not None:
        return HttpResponseRedirect(address(following))
    return HttpResponseRedirect(reverse("admin:index"))

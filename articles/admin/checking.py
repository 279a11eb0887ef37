"""What a story's text names and what the checks say of it, told while it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import bylines, waiving
from articles.checks import Problem, as_record, check, examine, newsroom_copy, waivers_of
from articles.checks.gathering import day_of, plain
from articles.models import Article
from articles.recognition import Chosen, Recognised, recognise
from articles.waiving import WaivingError

from .answering import View, behind_login, refusal

if TYPE_CHECKING:
    from .article import ArticleAdmin

Answer = Callable[["ArticleAdmin", HttpRequest], JsonResponse]
MOST_BYTES = 2 * 1024 * 1024
MOST_FIELDS = 60
# Characters on either side by which a passage is known again.
AROUND = 10


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return where a text is read and where a warning is waved through; all take a POST."""

    def wrap(view: Answer) -> View:
        return never_cache(require_POST(behind_login(site_admin, partial(view, site_admin))))

    def waive_at_review(request: HttpRequest, pk: int) -> HttpResponse:
        return _waive_at_review(site_admin, request, pk)

    return [
        path("recognise/", wrap(_recognise), name="articles_article_recognise"),
        path("waive/", wrap(_waive), name="articles_article_waive"),
        path(
            "<int:pk>/waive/",
            site_admin.admin_site.admin_view(require_POST(waive_at_review)),
            name="articles_article_waive_at_review",
        ),
    ]


def warnings_of(story: Article) -> list[dict[str, Any]]:
    """Return what the checks say of a story as it is saved, each warning once."""
    found = as_record(check(story), waivers_of(story))
    return list({warning["key"]: warning for warning in reversed(found)}.values())[::-1]


def keep_waivers(request: HttpRequest, story: Article) -> None:
    """Keep the reasons a form has carried along until its story was saved."""
    sent = waiving.read_sent(request.POST.get("waivers", ""))
    waiving.keep_sent(story, sent, by=request.user)


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """Return the JSON object that was sent, or None where it is none or too much."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return None
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    texts = sent.get("texts") if isinstance(sent, dict) else None
    if not isinstance(texts, dict) or len(texts) > MOST_FIELDS:
        return None
    return sent if all(isinstance(text, str) for text in texts.values()) else None


def _recognise(site_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Answer with what the text names, its figures, and the warnings with their waivers."""
    sent = _sent(request)
    if sent is None:
        return refusal("shape", _("This text cannot be read."), 400)
    story = _story(site_admin, request, sent.get("article"))
    if not _may_write(site_admin, request, sent, story):
        return refusal("closed", _("The story is closed to change by now."), 403)
    problems = _problems(sent, story)
    found = as_record(problems, waivers_of(story) if story else ())
    texts = {name: plain(text) for name, text in sent["texts"].items()}
    return JsonResponse(
        {
            "offers": _as_json(recognise(texts, _chosen(sent))),
            "problems": [
                {**one, **_around(texts[one["field"]], one["start"], one["end"])} for one in found
            ],
        }
    )


def _may_write(
    site_admin: ArticleAdmin, request: HttpRequest, sent: dict[str, Any], story: Article | None
) -> bool:
    if sent.get("article") is None:
        return site_admin.has_add_permission(request)
    return story is not None and site_admin.has_change_permission(request, story)


def _story(site_admin: ArticleAdmin, request: HttpRequest, key: object) -> Article | None:
    """Return a story this person may see."""
    if not isinstance(key, int) or not 0 < key < 2**63:
        return None
    stories = site_admin.get_queryset(request).select_related("revises")
    return stories.filter(pk=key).first()


def _problems(sent: dict[str, Any], story: Article | None) -> list[Problem]:
    """Check the text as it is typed."""
    line = _words(_part(sent, "chosen", {}), "credit_line")
    persons = [credit.name for credit in bylines.parse(line)]
    return examine(newsroom_copy(sent["texts"], day_of(story), persons))


def _part(sent: dict[str, Any], name: str, default: dict[str, Any]) -> dict[str, Any]:
    found = sent.get(name)
    return found if isinstance(found, dict) else default


def _words(part: dict[str, Any], name: str) -> str:
    found = part.get(name)
    return found[:500] if isinstance(found, str) else ""


def _chosen(sent: dict[str, Any]) -> Chosen:
    part = _part(sent, "chosen", {})

    def keys(name: str) -> set[int]:
        found = part.get(name)
        return {one for one in found if isinstance(one, int)} if isinstance(found, list) else set()

    tags = part.get("tags")
    return Chosen(
        communities=keys("communities"),
        stations=keys("stations"),
        sections=keys("sections"),
        tags={tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set(),
        credit_line=_words(part, "credit_line"),
    )


def _as_json(found: Recognised) -> dict[str, list[dict[str, Any]]]:
    kinds = ("communities", "stations", "sections", "contributors", "tags")
    return {
        **{kind: [vars(offer) for offer in getattr(found, kind)] for kind in kinds},
        "figures": [vars(figure) for figure in found.figures],
    }


def _around(text: str, start: int, end: int) -> dict[str, str]:
    """Return the words on either side of a passage, on its line."""
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    return {"before": before, "after": text[end : end + AROUND].partition("\n")[0]}


def _waive(site_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Let a warning on a saved story's text, as it is typed, pass with a reason."""
    sent = _sent(request)
    if sent is None:
        return refusal("shape", _("This text cannot be read."), 400)
    story = _story(site_admin, request, sent.get("article"))
    if story is None:
        return refusal("closed", _("The story is closed to change by now."), 403)
    key, reason = _words(sent, "key"), _words(sent, "reason")
    try:
        waiver = waiving.waive(
            story, key, reason=reason, by=request.user, problems=_problems(sent, story)
        )
    except PermissionDenied:
        return refusal("closed", _("The story is closed to change by now."), 403)
    except WaivingError as why:
        return refusal("reason", str(why), 422)
    name = waiver.by.get_full_name() or waiver.by.get_username()
    return JsonResponse({"key": waiver.key, "reason": waiver.reason, "by": name})


def _waive_at_review(site_admin: ArticleAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Let a warning on the saved text pass, from the page it is reviewed on."""
    story = get_object_or_404(site_admin.get_queryset(request).select_related("revises"), pk=pk)
    try:
        waiving.waive(
            story,
            request.POST.get("key", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except WaivingError as why:
        messages.error(request, str(why))
    return HttpResponseRedirect(
        reverse("admin:articles_article_review", args=[story.pk]) + "#warnings-head"
    )

"""What is typed into a story's form reaches the server before it is saved, and who is at it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import drafts
from articles.drafts import DraftError
from articles.models import Article, WorkingDraft

if TYPE_CHECKING:
    from .article import ArticleAdmin

Answer = Callable[["ArticleAdmin", HttpRequest], HttpResponse]
MOST_BYTES = 4 * 1024 * 1024
MOST_KEYS = 200
# What the answer to a draft that cannot be kept is.
REFUSALS = {"shape": 400, "size": 413, "many": 413, "saved": 409}


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return the addresses the form's script speaks to; all of them answer in JSON."""

    def wrap(view: Answer) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if not site_admin.admin_site.has_permission(request):
                return _login_needed(request)
            return view(site_admin, request)

        return cast(Any, never_cache(answer))

    return [
        path("drafts/", require_safe(wrap(_list)), name="articles_article_drafts"),
        path("drafts/keep/", require_POST(wrap(_keep)), name="articles_article_keep"),
        path("drafts/drop/", require_POST(wrap(_drop)), name="articles_article_drop"),
        path("drafts/leave/", require_POST(wrap(_leave)), name="articles_article_leave"),
        path("drafts/token/", require_safe(wrap(_token)), name="articles_article_token"),
    ]


def _login_needed(request: HttpRequest, error: str = "login") -> JsonResponse:
    """Say that somebody has to log in; no redirect, which a script could not tell from success."""
    address = f"{reverse('admin:login')}?next={reverse('admin:index')}"
    return JsonResponse({"error": error, "login": address}, status=401)


def _token(_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Answer with a fresh CSRF token, and with who is logged in: after a login both are new."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """Return the JSON object that was sent, or None where it is none."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) else None


def _keep(site_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Keep what was typed, and answer with who else is here and what has been saved meanwhile."""
    user = cast(User, request.user)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refusal("size")
    sent = _sent(request)
    if sent is None:
        return _refusal("shape")
    if sent.get("user") != user.pk:
        # Somebody else has logged in since: the text is not theirs.
        return _login_needed(request, "other_user")
    story = None
    if sent.get("article") is not None:
        story = _story(site_admin, request, sent["article"])
        if story is None:
            return JsonResponse({"error": "closed"}, status=403)
    elif not site_admin.has_add_permission(request):
        return JsonResponse({"error": "closed"}, status=403)
    try:
        kept = _kept(user, story, sent)
    except DraftError as refusal:
        return _refusal(refusal.code)
    return JsonResponse({**kept, **_here(user, story, sent)})


def _refusal(code: str) -> JsonResponse:
    return JsonResponse({"error": code}, status=REFUSALS[code])


def _story(site_admin: ArticleAdmin, request: HttpRequest, pk: object) -> Article | None:
    """Return a story this person may change now."""
    if not isinstance(pk, int) or not 0 < pk < 2**63:
        return None
    story = site_admin.get_queryset(request).filter(pk=pk).select_related("head__by").first()
    return story if story and site_admin.has_change_permission(request, story) else None


def _kept(user: User, story: Article | None, sent: dict[str, Any]) -> dict[str, Any]:
    """Keep the text that was sent; without one somebody only says that they are still there."""
    if sent.get("content") is None:
        return {"kept_at": None, "seq": None}
    key, base, sequence = sent.get("key"), sent.get("base"), sent.get("seq")
    if not (isinstance(key, str) and isinstance(base, int) and isinstance(sequence, int)):
        raise DraftError("shape")
    draft = drafts.keep(user, key, story, base, sent["content"], sequence=sequence)
    return {"kept_at": _milliseconds(draft.updated_at), "seq": draft.sequence}


def _here(user: User, story: Article | None, sent: dict[str, Any]) -> dict[str, Any]:
    """Return who has a story open, its present revision, and by whom that was saved."""
    if story is None:
        return {"present": [], "head": 0, "saved": None}
    now, key = timezone.now(), sent.get("key")
    if isinstance(key, str) and drafts.KEY.fullmatch(key) and not sent.get("leaving"):
        drafts.stay(story, user, key, now)
    head = story.head
    saved = None
    if head is not None:
        by = _name(head.by)
        saved = {"at": _milliseconds(head.at), "name": by, "mine": head.by_id == user.pk}
    return {
        "present": _present(story, user, key, now),
        "head": head.number if head else 0,
        "saved": saved,
    }


def _present(
    story: Article, user: User, key: object, at: datetime.datetime
) -> list[dict[str, Any]]:
    """Return everybody else who has the story open, and this person's other forms, each once."""
    found: dict[int, dict[str, Any]] = {}
    for one in drafts.present(story, at):
        if one.user_id == user.pk and one.device == key:
            continue
        since, mine = _milliseconds(one.since), one.user_id == user.pk
        found.setdefault(one.user_id, {"name": _name(one.user), "since": since, "mine": mine})
    return list(found.values())


def _name(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""


def _milliseconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _drop(_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Throw a draft away because its typist says so, or because another form has its text."""
    sent = _sent(request)
    if sent is None or not isinstance(sent.get("key"), str):
        return _refusal("shape")
    user, into = cast(User, request.user), sent.get("into")
    if isinstance(into, str):
        drafts.take_over(user, sent["key"], into)
    else:
        drafts.drop(user, sent["key"])
    return JsonResponse({})


def _leave(_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Note that a form is being closed; browsers send it as they close the page."""
    user, article = cast(User, request.user), request.POST.get("article", "")
    if re.fullmatch(r"[0-9]{1,18}", article):
        story = Article.objects.editable_by(user).filter(pk=article).first()
        if story is not None:
            drafts.leave(story, user, request.POST.get("key", ""))
    return JsonResponse({})


def _list(site_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Answer with somebody's drafts, and with which of the forms they ask about have been saved.

    `?article=7` (or `new`) adds the texts of that story's drafts; each `key=…` is a form this
    device has a draft of.
    """
    user, wanted = cast(User, request.user), request.GET.get("article", "")
    saved = drafts.saved(user, request.GET.getlist("key")[:MOST_KEYS])
    return JsonResponse(
        {
            "drafts": [_described(draft, wanted) for draft in drafts.offered(user)],
            "saved": {
                draft.key: {
                    "article": draft.article_id,
                    "head": draft.base_number,
                    "taken": drafts.INTO in draft.content,
                }
                for draft in saved
            },
        }
    )


def _described(draft: WorkingDraft, wanted: str) -> dict[str, Any]:
    """Return a draft as the script shows it; its text only where it was asked for."""
    belongs = str(draft.article_id or "new") == wanted
    return {
        "key": draft.key,
        "article": draft.article_id,
        "base": draft.base_number,
        "seq": draft.sequence,
        "at": _milliseconds(draft.updated_at),
        "headline": _beginning(draft),
        "content": draft.content if belongs else None,
    }


def _beginning(draft: WorkingDraft) -> str:
    """Return by which words somebody knows a draft again."""
    for name in ("headline", "body"):
        text = str(draft.content.get(name) or "").strip()
        if text:
            return text.splitlines()[0][:60]
    return ""

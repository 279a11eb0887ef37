"""A pasted text, a .docx and a byline's line, read for a story's form; nothing is saved here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import incoming, signing
from articles.docx import MOST_BYTES
from articles.importing import PageTextError
from articles.incoming import Incoming, IncomingStory
from articles.models import Article, Genre, Section
from articles.signing import Signature
from articles.signing_form import LONGEST, keys_in, one_line

from .answering import View, behind_login, refusal
from .pictures import address

if TYPE_CHECKING:
    from .article import ArticleAdmin

Answer = Callable[["ArticleAdmin", HttpRequest], JsonResponse]


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return where a whole story and where a byline's line is read; both take a POST."""

    def closed(request: HttpRequest) -> str:
        return "" if site_admin.has_add_permission(request) else _("You may not file stories.")

    def wrap(view: Answer) -> View:
        answer = behind_login(site_admin, partial(view, site_admin), closed)
        return never_cache(require_POST(answer))

    return [
        path("read-story/", wrap(_read_story), name="articles_article_read_story"),
        path("read-bylines/", wrap(_read_bylines), name="articles_article_read_bylines"),
    ]


def _read_story(_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Read a text (`text`) or a .docx (`file`), and answer with what it can be taken for."""
    upload = request.FILES.get("file")
    try:
        if isinstance(upload, UploadedFile):
            raw = upload.read(MOST_BYTES + 1)
            found = incoming.take_docx(raw, user=cast(User, request.user))
        else:
            found = incoming.take_text(request.POST.get("text", ""))
    except ValidationError as why:
        return refusal(str(why.code), " ".join(why.messages), 422)
    except PageTextError as why:
        return refusal(why.code, str(why), 422)
    return JsonResponse(_as_json(found))


def _as_json(found: Incoming) -> dict[str, Any]:
    stories = [_described(story) for story in found.stories]
    html = render_to_string(
        "admin/articles/article/_found.html",
        {"found": found, "stories": list(zip(found.stories, stories, strict=True))},
    )
    return {
        "stories": stories,
        "left_over": found.left_over,
        "problems": found.problems,
        "html": html,
    }


def _described(story: IncomingStory) -> dict[str, Any]:
    """Return a story as {fields: {name of the form's field: value}, photos: […], genre: label}."""
    text, column = story.text, story.column
    names = ("kicker", "headline", "deck", "body", "credit_line", "dateline", "genre")
    fields: dict[str, Any] = {name: getattr(text, name) for name in names}
    if column is not None:
        is_section = column.kind == Section.Kind.SECTION
        fields["section" if is_section else "column"] = str(column.pk)
    return {
        "fields": fields,
        "photos": [
            {
                "id": photo.picture.pk,
                "url": address(photo.picture.pk),
                "caption": photo.caption.text,
                "credit": photo.caption.credit,
                "alt": photo.alt,
            }
            for photo in story.photos
        ],
        "genre_label": str(Genre(text.genre).label),
    }


def _read_bylines(site_admin: ArticleAdmin, request: HttpRequest) -> JsonResponse:
    """Read a byline's line (`line`) under a story (`article`), with the answers given so far."""
    sent = request.POST
    signed = signing.read(
        one_line(sent.get("line", ""))[:LONGEST],
        article=_story(site_admin, request, sent.get("article", "")),
        by=cast(User, request.user),
        choices=keys_in(sent.getlist("chosen_people")),
        new_people=set(sent.getlist("new_people")),
    )
    return JsonResponse(
        {
            "people": [_person(person) for person in signed.people],
            "unread": list(signed.unread),
            "html": render_to_string("admin/articles/article/_people.html", {"signed": signed}),
        }
    )


def _story(site_admin: ArticleAdmin, request: HttpRequest, key: str) -> Article | None:
    """Return a story this person may see; of another's the line says nothing."""
    return site_admin.get_queryset(request).filter(pk__in=keys_in([key])).first()


def _person(person: Signature) -> dict[str, Any]:
    return {
        "name": person.name,
        "roles": list(person.roles),
        "organisation": person.organisation,
        "contributor": person.contributor.pk if person.contributor else None,
        "candidates": [{"id": key, "text": text} for key, text, _chosen in person.choices],
    }

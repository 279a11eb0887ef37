"""The text as the paper prints it, while it is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import body as body_text
from articles.models import Article, LoosePicture, Photo, Section
from articles.printing import set_text

from . import pictures
from .answering import behind_login

if TYPE_CHECKING:
    from .article import ArticleAdmin

LINES = ("kicker", "headline", "deck")
ROW = re.compile(r"photos-(?P<number>[0-9]{1,4})-(?P<name>id|upload)")
PK = re.compile(r"[0-9]{1,18}")
# More rows than any story has photos; the rest of a made-up form is not looked at.
MOST_PHOTOS = 200


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return where a form's text is sent to (POST, the form's own fields) to be shown."""

    def closed(request: HttpRequest) -> str:
        may = site_admin.has_add_permission(request) or site_admin.has_change_permission(request)
        return "" if may else _("You may not write stories.")

    answer = never_cache(require_POST(behind_login(site_admin, _show, closed)))
    return [path("preview/", answer, name="articles_article_typed")]


def _show(request: HttpRequest) -> HttpResponse:
    """Answer with the headlines and the text as a fragment of the story's public page."""
    sent = request.POST
    story = Article(
        **{name: " ".join(sent.get(name, "").split()) for name in LINES},
        body=sent.get("body", ""),
        dateline=bool(sent.get("dateline")),
        column=_column(sent.get("column", "")),
    )
    figures = {
        number: render_to_string("components/_figure.html", {"photo": photo})
        for number, photo in enumerate(_photos(sent, cast(User, request.user)), start=1)
    }
    blocks = body_text.parse(story.body)
    return render(
        request,
        "admin/articles/article/_typed.html",
        {
            "article": story,
            "text": set_text(blocks, figures, dateline=story.dateline),
            "lines": list(_lines(blocks, figures)),
            "problems": body_text.problems(blocks),
        },
    )


def _column(pk: str) -> Section | None:
    return Section.objects.filter(pk=pk).first() if PK.fullmatch(pk) else None


@dataclass(frozen=True)
class _Picture:
    """Where the browser finds a picture."""

    url: str


@dataclass(frozen=True)
class _TypedPhoto:
    """A photo as its row in the form describes it, in the shape the components print."""

    image: _Picture
    width: int
    height: int
    caption: str
    credit: str
    alt: str
    focus_classes: str


def _photos(sent: QueryDict, user: User) -> list[_TypedPhoto]:
    """Return the form's photos in their order; those this person may not see are left out."""
    rows = list(_rows(sent))
    loose_pks = {row["upload"] for row in rows if PK.fullmatch(row["upload"])}
    saved_pks = {row["id"] for row in rows if PK.fullmatch(row["id"])}
    loose = {str(one.pk): one for one in LoosePicture.objects.filter(user=user, pk__in=loose_pks)}
    stories = Article.objects.editable_by(user)
    saved = {
        str(one.pk): one for one in Photo.objects.filter(pk__in=saved_pks, article__in=stories)
    }
    found = ((row, loose.get(row["upload"]) or saved.get(row["id"])) for row in rows)
    return [_typed(row, picture) for row, picture in found if picture is not None]


def _rows(sent: QueryDict) -> Iterator[dict[str, str]]:
    """Yield the rows that hold a picture and are not marked to go, in the order they ask for."""
    numbers = {int(match["number"]) for match in map(ROW.fullmatch, sent) if match}
    names = ("id", "upload", "caption", "credit", "alt", "position", "focus_x", "focus_y")
    rows = [
        {name: sent.get(f"photos-{number}-{name}", "") for name in names}
        for number in sorted(numbers)[:MOST_PHOTOS]
        if not sent.get(f"photos-{number}-DELETE")
    ]
    yield from sorted(rows, key=lambda row: _number(row["position"], 0) or MOST_PHOTOS + 1)


def _typed(row: Mapping[str, str], picture: Photo | LoosePicture) -> _TypedPhoto:
    is_loose = isinstance(picture, LoosePicture)
    focus_x, focus_y = (min(_number(row[name], 50), 100) for name in ("focus_x", "focus_y"))
    return _TypedPhoto(
        image=_Picture(pictures.address(picture.pk) if is_loose else picture.image.url),
        width=picture.width,
        height=picture.height,
        caption=row["caption"].strip(),
        credit=row["credit"].strip(),
        alt=row["alt"].strip(),
        focus_classes=Photo(focus_x=focus_x, focus_y=focus_y).focus_classes,
    )


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else otherwise


def _lines(blocks: body_text.Body, figures: Mapping[int, SafeString]) -> Iterator[int]:
    """Yield for each part of the printed text the line it was typed on, 0 where it is on none.

    It follows `articles.printing.set_text`: a mark without a photo, or one given before, prints
    nothing; photos without a mark stand before and after the text.
    """
    waiting, placed = set(figures), set(blocks.photo_numbers)
    if 1 in figures and 1 not in placed:
        yield 0
    for block in blocks.blocks:
        if isinstance(block, body_text.PhotoMark):
            if block.number not in waiting:
                continue
            waiting.remove(block.number)
        yield block.line
    yield from (0 for number in figures if number > 1 and number not in placed)

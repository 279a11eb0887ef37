"""Pictures on their way into a story's form: uploaded one by one, shown to their uploader alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import loose_pictures

from .answering import View, behind_login, refusal

if TYPE_CHECKING:
    from .article import ArticleAdmin

FILE_PHOTOS = "articles.add_photo"
# What a refused picture's answer is; any other reason is 422: understood, and of no use.
REFUSALS = {"too_large": 413, "too_many": 409}


def urls(site_admin: ArticleAdmin) -> list[URLPattern]:
    """Return where pictures are sent to (POST, one file as `picture`), and where one is seen."""

    def closed(request: HttpRequest) -> str:
        return "" if request.user.has_perm(FILE_PHOTOS) else _("You may not file photos.")

    def wrap(view: View) -> View:
        return behind_login(site_admin, view, closed)

    return [
        path("pictures/", never_cache(require_POST(wrap(_take))), name="articles_article_pictures"),
        path("pictures/<int:pk>/", require_safe(wrap(_show)), name="articles_article_picture"),
    ]


def _take(request: HttpRequest) -> JsonResponse:
    """Keep one picture, and answer with {id, url, width, height, name} or {error, code}."""
    upload = request.FILES.get("picture")
    if not isinstance(upload, UploadedFile):
        return refusal("empty", _("No picture has arrived; please choose it again."), 400)
    try:
        picture = loose_pictures.keep(cast(User, request.user), upload)
    except ValidationError as why:
        code = str(why.code)
        return refusal(code, why.messages[0], REFUSALS.get(code, 422))
    return JsonResponse(
        {
            "id": picture.pk,
            "url": address(picture.pk),
            "width": picture.width,
            "height": picture.height,
            "name": picture.name,
        },
        status=201,
    )


@cache_control(private=True, max_age=3600)
def _show(request: HttpRequest, pk: int) -> FileResponse:
    """Show somebody a picture of their own; another's is not there."""
    picture = loose_pictures.found(cast(User, request.user), pk)
    if picture is None:
        raise Http404
    try:
        return FileResponse(picture.image.open("rb"), filename=picture.name)
    except FileNotFoundError:
        raise Http404 from None


def address(pk: int) -> str:
    """Return where a loose picture is seen."""
    return reverse("admin:articles_article_picture", args=[pk])


def keep_chosen(request: HttpRequest, formset: Any) -> None:
    """Keep the pictures of a form that comes back with errors, so that none is chosen twice.

    Args:
        request: what was sent.
        formset: the photos' rows, validated; each sound picture becomes a loose one of its row.

    """
    for form in formset.forms:
        chosen = form.add_prefix("image") in request.FILES
        clean = getattr(form, "cleaned_data", {}).get("image")
        if not chosen or not clean or "image" in form.errors:
            continue
        try:
            form.hold(loose_pictures.store(cast(User, request.user), clean))
        except ValidationError as refusal:
            form.add_error("image", refusal)

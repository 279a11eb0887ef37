"""What residents pass on of a story: its QR code, and its card for WeChat."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models import Article
from bulletin import cards
from communities.qr import qr_picture

# Seconds; a corrected headline is on the card a quarter of an hour later everywhere.
CARD_AGE, CODE_AGE = 900, 86_400


def _public(pk: int) -> Article:
    story = Article.objects.published().select_related("section", "column").filter(pk=pk).first()
    if story is None:
        raise Http404("no public story")
    return story


@require_safe
def qr_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the QR code of a story's address."""
    story = _public(pk)
    address = request.build_absolute_uri(story.get_absolute_url())
    answer = HttpResponse(qr_picture(address), content_type="image/svg+xml")
    answer["Cache-Control"] = f"public, max-age={CODE_AGE}"
    return answer


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Draw a story's card; whoever has it already is told so, and nothing is drawn."""
    folder = cards.type_folder()
    if folder is None:
        raise Http404("no type to set a card in")
    story = _public(pk)
    contents = cards.card_of(story, request.build_absolute_uri(story.get_absolute_url()))
    digest = hashlib.sha256(repr((cards.EDITION, contents)).encode()).hexdigest()
    etag = f'"{digest[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(cards.draw(contents, folder), content_type="image/png")
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={CARD_AGE}"
    return answer

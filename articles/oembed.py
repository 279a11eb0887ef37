"""How other sites show a story of ours: oEmbed (https://oembed.com), of the rich kind.

What they get to print is a quotation with a link: no script and no frame. A picture is named beside
it, for those who want one.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from articles.elsewhere import photo_address
from articles.models import Article

# What a reader of the other site should have room for, in pixels.
WIDTH, HEIGHT = 600, 240
SMALLEST = 200
DIGITS = re.compile(r"\d{1,5}\Z", re.ASCII)


def story_at(address: str, host: str) -> Article | None:
    """Return the story that an address of ours opens, if the public sees it.

    Args:
        address: as somebody pasted it.
        host: the site's own host, with its port if it has one.

    """
    try:
        parts = urlsplit(address)
        # In whichever language the page was read that it was copied from.
        with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
            found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != host.lower():
        return None
    if found.view_name != "articles:article":
        return None
    return Article.objects.published().for_lists().filter(pk=found.kwargs["pk"]).first()


def size(asked: str, most: int) -> int:
    """Return a width or height in pixels: ours, or less if less was asked for."""
    return min(max(int(asked), SMALLEST), most) if DIGITS.match(asked) else most


def embedded(story: Article, *, root: str, width: int, height: int) -> dict[str, Any]:
    """Return a story as other sites show it.

    Args:
        story: one the public sees, fetched `for_lists`.
        root: scheme and host of the site, without a slash at the end.
        width: in pixels.
        height: likewise.

    """
    address = root + story.get_absolute_url()
    facts: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": story.headline,
        "author_name": story.credit_line or settings.SITE_NAME,
        "author_url": address,
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{root}/",
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": render_to_string(
            "articles/_embedded.html",
            {"story": story, "address": address, "paper": settings.SITE_NAME},
        ),
    }
    photo = story.first_photo
    if photo:
        facts["thumbnail_url"] = photo_address(photo, root)
        facts["thumbnail_width"], facts["thumbnail_height"] = photo.width, photo.height
    return facts

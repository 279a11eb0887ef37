"""What machines are told of a story and of lists of stories, in the words of schema.org.

Nothing is told here that the page does not show. `communities.structured_data` prints it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from articles.elsewhere import photo_address
from articles.models import Article, Photo
from communities.addresses import path_to
from communities.structured_data import without_blanks

LANGUAGE = "zh-CN"
SUMMARY = 120


def moment(at: datetime.datetime | None) -> str:
    """Return a moment by the newsroom's clocks, with its zone; "" for none."""
    return timezone.localtime(at).replace(microsecond=0).isoformat() if at else ""


def paper(root: str) -> dict[str, Any]:
    """Return who publishes.

    Args:
        root: scheme and host of the site, without a slash at the end; so in all of this module.

    """
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAME,
        "url": f"{root}/",
        "logo": {"@type": "ImageObject", "url": root + static("img/favicon.svg")},
    }


def site(root: str) -> dict[str, Any]:
    """Return what the home page says of the whole site."""
    return without_blanks(
        {
            "@type": "WebSite",
            "name": settings.SITE_NAME,
            "alternateName": settings.SITE_MOTTO,
            "url": f"{root}/",
            "inLanguage": LANGUAGE,
            "publisher": paper(root),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{root}{path_to('articles:search')}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )


def story(article: Article, root: str) -> dict[str, Any]:
    """Return a story the public sees.

    Args:
        article: fetched `with_everything`.
        root: as above.

    """
    address = root + article.get_absolute_url()
    pages = article.printed_on
    return without_blanks(
        {
            "@type": "NewsArticle",
            "headline": article.headline,
            "alternativeHeadline": article.deck,
            "description": article.deck or article.summary(SUMMARY),
            "url": address,
            "mainEntityOfPage": address,
            "inLanguage": LANGUAGE,
            "isAccessibleForFree": True,
            "datePublished": moment(article.publish_at),
            "dateModified": moment(article.modified_at),
            "expires": moment(article.expires_at),
            "author": _authors(article, root),
            "publisher": paper(root),
            "articleSection": [one.name for one in (article.section, article.column) if one],
            "keywords": [tag.name for tag in article.tags.all()],
            "contentLocation": _places(article, root),
            "image": [_picture(photo, root) for photo in article.photos.all()],
            "isPartOf": [_issue(page, root) for page in pages],
            "printPage": "、".join(page.code for page in pages),
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": correction.text,
                    "datePublished": moment(correction.at),
                }
                for correction in article.corrections.all()
            ],
            "wordCount": article.character_count,
        }
    )


def _authors(article: Article, root: str) -> list[dict[str, Any]]:
    """Return the people under a story, each once, with the roles as printed; else the paper."""
    roles: dict[tuple[str, int], list[str]] = {}
    for line in article.bylines.all():
        roles.setdefault((line.name, line.contributor_id), []).append(line.role)
    people = [
        without_blanks(
            {
                "@type": "Person",
                "name": name,
                "jobTitle": "、".join(filter(None, printed)),
                "url": root + path_to("articles:contributor", key),
            }
        )
        for (name, key), printed in roles.items()
    ]
    return people or [{"@type": "Organization", "name": article.source or settings.SITE_NAME}]


def _places(article: Article, root: str) -> list[dict[str, Any]]:
    places: list[Any] = [*article.communities.all(), *article.stations.all()]
    return [
        {"@type": "Place", "name": place.name, "url": root + place.get_absolute_url()}
        for place in places
    ]


def _picture(photo: Photo, root: str) -> dict[str, Any]:
    return without_blanks(
        {
            "@type": "ImageObject",
            "url": photo_address(photo, root),
            "width": photo.width,
            "height": photo.height,
            "caption": photo.caption or photo.alt,
            "creditText": photo.credit,
        }
    )


def _issue(page: Any, root: str) -> dict[str, Any]:
    """Return the issue a story was printed in, and its page there."""
    return without_blanks(
        {
            "@type": "PublicationIssue",
            "issueNumber": page.issue.number,
            "datePublished": page.issue.date.isoformat(),
            "pagination": page.code,
            "url": root + page.get_absolute_url(),
            "isPartOf": {"@type": "Newspaper", "name": settings.SITE_NAME},
        }
    )


def way(steps: Iterable[tuple[str, str]], root: str) -> dict[str, Any]:
    """Return the way from the front page to a page.

    Args:
        steps: name and path of each, the front page first.
        root: as above.

    """
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": root + path}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def collection(name: str, address: str, stories: Iterable[Article], root: str) -> dict[str, Any]:
    """Return a list of stories as it stands on a page.

    Args:
        name: what the list is called.
        address: the page's own, whole.
        stories: in its order.
        root: as above.

    """
    return {
        "@type": "CollectionPage",
        "name": name,
        "url": address,
        "inLanguage": LANGUAGE,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "url": root + one.get_absolute_url()}
                for number, one in enumerate(stories, start=1)
            ],
        },
    }

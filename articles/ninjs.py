"""Stories for other systems: IPTC ninjs, News in JSON, version 2.1.

The properties and their spelling are those of
https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json (guide: https://iptc.org/std/ninjs/userguide/);
what this newsroom puts into each of them stands in docs/packages.md. An address of the site
identifies a thing and opens it. Nothing is told here that the story's own page does not tell.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import body as body_text
from articles.elsewhere import media_type, photo_address, text_for_elsewhere
from articles.models import Article, Photo

STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}
LANGUAGE = "zh-Hans"
TEXT, XHTML, JSON = "text/plain", "application/xhtml+xml", "application/json"


def story_as_ninjs(story: Article, *, root: str) -> dict[str, Any]:
    """Return a story the public sees, whole.

    Args:
        story: fetched `with_everything`.
        root: scheme and host of the site, without a slash at the end.

    """
    found = {
        "standard": STANDARD,
        **outline(story, root=root),
        "representationtype": "full",
        "copyrightholder": story.source or settings.SITE_NAME,
        "usageterms": usage_terms(),
        "bodies": _bodies(story, root),
        "people": _people(story, root),
        "infosources": _sources(story, root),
        "places": _places(story, root),
        "subjects": _subjects(story, root),
        "genres": [{"name": str(story.get_genre_display()), "literal": story.genre}],
        "descriptions": [
            {"role": "correction", "contenttype": TEXT, "value": correction.text}
            for correction in story.corrections.all()
        ],
        "altids": [
            {"role": "page", "value": f"{page.issue.date:%Y-%m-%d} {page.code}"}
            for page in story.printed_on
        ],
        "associations": [
            _picture(photo, number, story, root)
            for number, photo in enumerate(story.photos.all(), start=1)
        ],
    }
    if story.expires_at:
        found["expires"] = moment(story.expires_at)
    return {name: value for name, value in found.items() if value not in ("", [])}


def outline(story: Article, *, root: str) -> dict[str, Any]:
    """Return what names a story: for packages, and at the head of the whole story.

    Args:
        story: one the public sees, with its bylines and corrections fetched.
        root: as above.

    """
    found = {
        "uri": root + story.get_absolute_url(),
        "type": "text",
        "representationtype": "partial",
        "version": str(len(story.corrections.all()) + 1),
        "firstcreated": moment(story.publish_at),
        "versioncreated": moment(story.modified_at),
        "pubstatus": "usable",
        "language": LANGUAGE,
        "headlines": _headlines(story),
        "by": story.credit_line,
        "renditions": [_as_json(root + reverse("articles:article_json", args=[story.pk]))],
    }
    return {name: value for name, value in found.items() if value != ""}


def withdrawn_as_ninjs(story: Article, *, root: str) -> dict[str, Any]:
    """Return what is told of a withdrawn story: that nobody may use it any more, and why."""
    return {
        "standard": STANDARD,
        "uri": root + story.get_absolute_url(),
        "type": "text",
        "representationtype": "partial",
        "firstcreated": moment(story.publish_at),
        "versioncreated": moment(story.withdrawn_at),
        "pubstatus": "canceled",
        "language": LANGUAGE,
        "headlines": [{"role": "main", "contenttype": TEXT, "value": story.headline}],
        "descriptions": [
            {"role": "withdrawal", "contenttype": TEXT, "value": story.withdrawal_reason}
        ],
    }


def moment(at: datetime.datetime | None) -> str:
    """Return a moment as JSON writes it, in the universal time."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def usage_terms() -> str:
    """Return on what terms others may use what is published (`USAGE_TERMS`)."""
    terms: str = settings.USAGE_TERMS
    return terms or _("Ask %(paper)s before you reprint.") % {"paper": settings.SITE_NAME}


def _as_json(address: str) -> dict[str, str]:
    return {"name": "ninjs", "href": address, "contenttype": JSON}


def _headlines(story: Article) -> list[dict[str, str]]:
    roles = (("main", story.headline), ("kicker", story.kicker), ("deck", story.deck))
    return [{"role": role, "contenttype": TEXT, "value": text} for role, text in roles if text]


def _bodies(story: Article, root: str) -> list[dict[str, Any]]:
    opening = f"{_('Our own report')}\u3000" if story.dateline else ""
    words = opening + body_text.plain_text(story.blocks)
    return [
        {
            "role": "main",
            "contenttype": TEXT,
            "charcount": len(words),
            "wordcount": story.character_count,
            "value": words,
        },
        {"role": "richtext", "contenttype": XHTML, "value": str(text_for_elsewhere(story, root))},
    ]


def _people(story: Article, root: str) -> list[dict[str, str]]:
    """Return who made a story; `literal` is the role as printed (通讯员)."""
    people = []
    for line in story.bylines.all():
        address = root + reverse("articles:contributor", args=[line.contributor_id])
        people.append(_named(line.name, address, "creator"))
        if line.role:
            people[-1]["literal"] = line.role
    return people


def _sources(story: Article, root: str) -> list[dict[str, str]]:
    paper = {"name": settings.SITE_NAME, "uri": f"{root}/"}
    return [{"name": story.source}, paper] if story.source else [paper]


def _places(story: Article, root: str) -> list[dict[str, str]]:
    places = [(one.name, one.get_absolute_url()) for one in story.communities.all()]
    places += [(one.name, one.get_absolute_url()) for one in story.stations.all()]
    return [_named(name, root + address, "about") for name, address in places]


def _subjects(story: Article, root: str) -> list[dict[str, str]]:
    filed = ((story.section, "section"), (story.column, "column"))
    return [
        *(_named(one.name, root + one.get_absolute_url(), kind) for one, kind in filed if one),
        *(_named(tag.name, root + tag.get_absolute_url(), "tag") for tag in story.tags.all()),
    ]


def _named(name: str, address: str, relation: str) -> dict[str, str]:
    return {"name": name, "rel": relation, "uri": address}


def _picture(photo: Photo, number: int, story: Article, root: str) -> dict[str, Any]:
    address = photo_address(photo, root)
    said = (("caption", photo.caption), ("alt", photo.alt))
    found: dict[str, Any] = {
        "name": _("Photo %(number)d") % {"number": number},
        "uri": address,
        "type": "picture",
        "versioncreated": moment(story.publish_at),
        "by": photo.credit,
        "descriptions": [
            {"role": role, "contenttype": TEXT, "value": text} for role, text in said if text
        ],
        "renditions": [
            {
                "name": "original",
                "href": address,
                "contenttype": media_type(photo),
                "width": photo.width,
                "height": photo.height,
            }
        ],
    }
    return {name: value for name, value in found.items() if value not in ("", [])}

"""RSS 2.0 and Atom (RFC 4287), with what Django's own generators leave out.

Beyond Django's: the whole text, several authors, the picture with its caption, a hub (WebSub), the
true time of the last change, and no character that XML forbids.
"""

from __future__ import annotations

import datetime
import re
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

GENERATOR = "Bulletin"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
# What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def permitted(value: Any) -> Any:
    """Return a value without the characters that XML forbids, in whatever texts it holds."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, list | tuple):
        return [permitted(one) for one in value]
    if isinstance(value, dict):
        return {name: permitted(one) for name, one in value.items()}
    return value


def whole_seconds(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment in the newsroom's time, without what nobody reads of it."""
    return timezone.localtime(moment).replace(microsecond=0)


class WholeStories(SyndicationFeed):
    """A feed of whole stories.

    It takes `changed_at`, `hub` and `links` (relation, media type, address) besides Django's
    arguments; an item takes `content` (HTML), `authors` (name, address) and `picture`.
    """

    content_type: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the feed's own facts."""
        super().__init__(*permitted(args), **permitted(kwargs))

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        """Take a story's facts."""
        super().add_item(*permitted(args), **permitted(kwargs))

    def latest_post_date(self) -> datetime.datetime:
        """Return when what the feed shows changed last, withdrawals included."""
        return whole_seconds(self.feed["changed_at"])


class Rss(WholeStories, Rss201rev2Feed):
    """RSS 2.0 with the content, Dublin Core and media modules."""

    def rss_attributes(self) -> dict[str, str]:
        """Name the modules once, at the root."""
        modules = {"xmlns:content": CONTENT, "xmlns:dc": DUBLIN_CORE, "xmlns:media": MEDIA}
        return {**super().rss_attributes(), **modules}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add generator and hub."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the authors, the picture and the whole text."""
        super().add_item_elements(handler, item)
        for name, _address in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        if item["picture"]:
            self._add_picture(handler, item["picture"])
        handler.addQuickElement("content:encoded", item["content"])

    def _add_picture(self, handler: SimplerXMLGenerator, picture: dict[str, str]) -> None:
        about = {name: picture[name] for name in ("url", "type", "width", "height")}
        handler.startElement("media:content", AttributesImpl({**about, "medium": "image"}))
        if picture["caption"]:
            handler.addQuickElement("media:description", picture["caption"], {"type": "plain"})
        if picture["credit"]:
            handler.addQuickElement("media:credit", picture["credit"], {"role": "photographer"})
        handler.endElement("media:content")


class Atom(WholeStories, Atom1Feed):
    """Atom 1.0, the text as HTML."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add generator and hub."""
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the authors, a summary that is plain text, and the whole text."""
        summary, item = item["description"], {**item, "description": None}
        super().add_item_elements(handler, item)
        for name, address in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", address)
            handler.endElement("author")
        handler.addQuickElement("summary", summary, {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})


FORMS: dict[str, type[WholeStories]] = {"rss": Rss, "atom": Atom}

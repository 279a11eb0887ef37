"""What every feed is held to: RFC 4287, RSS 2.0 and what its advisory board asks for."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z")
WHOLE = re.compile(r"https?://[^\s/]+/")


def parsed(answer) -> ElementTree.Element:
    """Return a feed; it is well-formed, or this fails."""
    return ElementTree.fromstring(answer.content)  # noqa: S314 (we wrote it)


def read(client, address: str) -> ElementTree.Element:
    """Fetch a feed."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return parsed(answer)


def hold_to_rfc_4287(feed: ElementTree.Element) -> None:
    """Check what the standard says a feed must have (sections 4.1.1, 4.1.2, 4.2.6, 3.3)."""
    for one in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = one.findall(f"{ATOM}{name}")
            assert len(found) == 1, name
            assert found[0].text, name
        assert re.match(r"(urn:|https?:)", one.findtext(f"{ATOM}id"))
        for name in ("updated", "published"):
            for moment in one.findall(f"{ATOM}{name}"):
                assert RFC3339.match(moment.text), moment.text
        links = [(link.get("rel"), link.get("type")) for link in one.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        for link in one.findall(f"{ATOM}link"):
            assert WHOLE.match(link.get("href"))
        for person in one.findall(f"{ATOM}author"):
            assert person.findtext(f"{ATOM}name")
            assert WHOLE.match(person.findtext(f"{ATOM}uri"))
        for category in one.findall(f"{ATOM}category"):
            assert category.get("term")
    assert feed.findall(f"{ATOM}author")
    assert feed.find(f"{ATOM}link[@rel='self']") is not None
    names = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(names) == len(set(names))
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}content").get("type") == "html"


def hold_to_rss(feed: ElementTree.Element) -> None:
    """Check what RSS 2.0 requires and its advisory board asks for."""
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    channel = feed.find("channel")
    for name in ("title", "link", "description", "language", "generator", "copyright"):
        assert channel.findtext(name), name
    assert channel.find(f"{ATOM}link[@rel='self']") is not None
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")).tzinfo
    names = []
    for item in channel.findall("item"):
        assert item.findtext("title")
        assert WHOLE.match(item.findtext("link"))
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
        assert item.find("guid").get("isPermaLink") == "false"
        names.append(item.findtext("guid"))
        enclosures = item.findall("enclosure")
        assert len(enclosures) <= 1
        for enclosure in enclosures:
            assert WHOLE.match(enclosure.get("url"))
            assert int(enclosure.get("length")) > 0
            assert enclosure.get("type") == "image/jpeg"
    assert len(names) == len(set(names))

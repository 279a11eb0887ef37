"""A page as it is kept: whole, in each encoding a browser takes, with its headers ready."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from email.utils import parsedate_to_datetime

import brotli

Headers = list[tuple[str, str]]

# Browsers ask each time and are told in a few bytes that nothing has changed; proxies may keep a
# page for a second, hand it out while they fetch the new one, and for a day while we are away.
FOR_BROWSERS = "public, max-age=0"
FOR_PROXIES = "s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
COMPRESSED = re.compile(
    r"(text/|application/([a-z.+-]+\+)?(json|xml|javascript|manifest)|image/svg)", re.I
)
# Below this many bytes compressing saves nothing.
SMALL = 200
# Brotli's and gzip's levels: a few milliseconds for a page, once.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# What an entry costs beside its bytes, roughly.
OVERHEAD = 1500
# Headers that belong to one answer and not to the page, or that are made here.
OWN = frozenset(
    {
        "cache-control",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "server",
        "vary",
        "x-request-id",
    }
)
_choices: dict[str, str] = {}


def encoding_for(accepted: str) -> str:
    """Return the encoding to answer with: "br", "gzip", or "" for none.

    Args:
        accepted: the `Accept-Encoding` header (RFC 9110, 12.5.3).

    """
    choice = _choices.get(accepted)
    if choice is None:
        weights = {}
        for part in accepted.lower().split(","):
            name, _, parameters = part.partition(";")
            quality = re.search(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameters)
            weights[name.strip()] = float(quality.group(1)) if quality else 1.0
        others = weights.get("*", 0.0)
        choice = next((name for name in ("br", "gzip") if weights.get(name, others) > 0), "")
        # Browsers send a handful of these; anything else is worked out each time.
        if len(_choices) < 200 and len(accepted) < 100:
            _choices[accepted] = choice
    return choice


class Page:
    """An answer that is kept.

    Attributes:
        version: the content's version it was made of.
        until: the moment (seconds since 1970) from which it is too old whatever the version.
        used: set when it is handed out; the store takes it back when it looks for what to drop.
        size: its bytes, with what is kept beside them.

    """

    __slots__ = (
        "_lock",
        "_made",
        "_unchanged",
        "body",
        "etag",
        "headers",
        "last_modified",
        "retry_at",
        "size",
        "status",
        "until",
        "used",
        "version",
    )

    def __init__(
        self, status: str, headers: Headers, body: bytes, version: int, until: float
    ) -> None:
        """Keep an answer of Django's.

        Args:
            status: its status line, as in "200 OK".
            headers: its headers.
            body: its bytes, not encoded.
            version: the content's version.
            until: when it is too old.

        """
        given = {name.lower(): value for name, value in headers}
        self.status, self.body = status, body
        self.version, self.until = version, until
        self.used = False
        # Until when a new try to make it is not worth it (`time.monotonic`).
        self.retry_at = 0.0
        self.size = len(body) + OVERHEAD
        self.etag = _weak(given.get("etag")) or f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        self.last_modified = given.get("last-modified", "")
        common = [(name, value) for name, value in headers if name.lower() not in OWN]
        common.append(("Cache-Control", _cache_control(given.get("cache-control", ""))))
        common.append(("ETag", self.etag))
        self.headers = common
        self._lock = threading.Lock()
        self._made: dict[str, tuple[Headers, bytes]] = {}
        is_text = COMPRESSED.match(given.get("content-type", "")) and len(body) >= SMALL
        if is_text:
            common.append(("Vary", "Accept-Encoding"))
        else:
            ready = ([*common, ("Content-Length", str(len(body)))], body)
            self._made = {"": ready, "gzip": ready, "br": ready}
        self._unchanged = [
            pair for pair in common if not pair[0].lower().startswith("content-") or pair[0] == CSP
        ]

    def answer(self, encoding: str) -> tuple[Headers, bytes]:
        """Return headers and bytes in an encoding; each is made when it is first asked for."""
        made = self._made.get(encoding)
        return made if made is not None else self._make(encoding)

    def unchanged(self) -> Headers:
        """Return the headers of a 304."""
        return self._unchanged

    def is_known(self, if_none_match: str, if_modified_since: str) -> bool:
        """Return whether whoever asks has this very page (RFC 9110, 13.2.2)."""
        if if_none_match:
            if if_none_match.strip() == "*":
                return True
            ours = self.etag.removeprefix("W/")
            return any(one.strip().removeprefix("W/") == ours for one in if_none_match.split(","))
        if if_modified_since and self.last_modified:
            try:
                asked = parsedate_to_datetime(if_modified_since)
                return parsedate_to_datetime(self.last_modified) <= asked
            except (TypeError, ValueError):
                return False
        return False

    def _make(self, encoding: str) -> tuple[Headers, bytes]:
        with self._lock:
            if encoding in self._made:
                return self._made[encoding]
            headers, body = list(self.headers), self.body
            if encoding == "br":
                body = brotli.compress(body, quality=BROTLI_QUALITY)
            elif encoding == "gzip":
                body = gzip.compress(body, GZIP_LEVEL, mtime=0)
            if encoding:
                headers.append(("Content-Encoding", encoding))
                self.size += len(body)
            headers.append(("Content-Length", str(len(body))))
            self._made[encoding] = headers, body
            return headers, body


CSP = "Content-Security-Policy"


def _weak(etag: str | None) -> str:
    """Return an ETag of a view's own as a weak one: the same page goes out in three encodings."""
    return "" if not etag else etag if etag.startswith("W/") else f"W/{etag}"


def _cache_control(given: str) -> str:
    """Return what browsers and proxies may keep: a view may let browsers keep it for longer."""
    return f"{given if 'max-age' in given else FOR_BROWSERS}, {FOR_PROXIES}"

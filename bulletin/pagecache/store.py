"""Pages in memory, within a number of bytes; what is used least goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict

from bulletin.pagecache.page import Page

# No page takes more than this part of the room.
LARGEST_SHARE = 8


class Store:
    """Keeps pages under their addresses.

    Looking one up takes no lock and moves nothing: a page that was handed out is marked, and is
    spared once when room has to be made ("second chance"), so what is asked for often stays, and a
    crawler that asks for everything once pushes out only what it has brought itself.
    """

    def __init__(self, most_bytes: int) -> None:
        """Start empty.

        Args:
            most_bytes: what all pages together may take.

        """
        self.most_bytes = most_bytes
        self.bytes = 0
        self.dropped = 0
        self._pages: OrderedDict[str, tuple[Page, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.look_up = self._pages.get

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def get(self, key: str) -> Page | None:
        """Return the page of an address."""
        found = self.look_up(key)
        if found is None:
            return None
        page = found[0]
        page.used = True
        return page

    def put(self, key: str, page: Page) -> None:
        """Keep a page instead of the one before it, and make room; one that is huge is not kept."""
        with self._lock:
            self._forget(key)
            if page.size * LARGEST_SHARE > self.most_bytes:
                return
            self._pages[key] = page, page.size
            self.bytes += page.size
            self._make_room()

    def grown(self, key: str, page: Page) -> None:
        """Count what a page has grown by since it was kept, and make room."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None and kept[0] is page:
                self.bytes += page.size - kept[1]
                self._pages[key] = page, page.size
                self._make_room()

    def drop(self, key: str) -> None:
        """Forget the page of an address."""
        with self._lock:
            self._forget(key)

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _forget(self, key: str) -> None:
        kept = self._pages.pop(key, None)
        if kept is not None:
            self.bytes -= kept[1]

    def _make_room(self) -> None:
        while self.bytes > self.most_bytes and self._pages:
            key, (page, size) = next(iter(self._pages.items()))
            if page.used:
                page.used = False
                self._pages.move_to_end(key)
                continue
            del self._pages[key]
            self.bytes -= size
            self.dropped += 1

"""What the page cache tells operators (`bulletin.metrics`)."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

from bulletin.metrics import FIGURES

ANSWERS = Counter(
    "bulletin_page_cache_answers",
    "Public pages handed out: kept, made anew, old while a new one was made, failed to be made.",
    ["how"],
    registry=FIGURES,
)
PAGES = Gauge(
    "bulletin_page_cache_pages",
    "Pages kept in memory, all processes together.",
    registry=FIGURES,
    multiprocess_mode="livesum",
)
BYTES = Gauge(
    "bulletin_page_cache_bytes",
    "Bytes they take, all processes together.",
    registry=FIGURES,
    multiprocess_mode="livesum",
)


class Figures:
    """What one process has told already."""

    def __init__(self) -> None:
        """Have told nothing."""
        self._told: dict[str, int] = {}

    def tell(self, answers: dict[str, int], *, pages: int, size: int) -> None:
        """Tell what has come since the last time.

        Args:
            answers: how often each kind of answer has been given since the process began.
            pages: how many pages are kept.
            size: the bytes they take.

        """
        for how, count in answers.items():
            ANSWERS.labels(how).inc(count - self._told.get(how, 0))
        self._told = dict(answers)
        PAGES.set(pages)
        BYTES.set(size)

"""What the workers beside the server have in common."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

Work = Callable[[], object]
_beside: list[Work] = []


def beside_requests(work: Work) -> None:
    """Have something done again and again beside the server; telling it twice is telling it once.

    Args:
        work: does what waits, and returns when nothing does. It must bear to be ended anywhere, and
            to be done by two at a time.

    """
    if work not in _beside:
        _beside.append(work)


def do_what_waits() -> None:
    """Do what others have left to be done beside requests."""
    for work in _beside:
        work()


def end_with_parent() -> None:
    """Let this process end, at once, when the one that has started it is gone.

    A worker must have nothing to tidy up: what it leaves half done, the next one finds and does.
    """
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()

"""Names of places change under those who keep copies of them: they are told, before and after.

Places know nothing of stories or of search; whoever keeps names of places in another shape follows
them here, when the project starts, and every verb that renames, merges or removes places says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model

# Called with places that are about to change; what it returns is called when they have.
Follower = Callable[[Sequence[Model]], Callable[[], None]]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have something told of every change of names; telling it twice is telling it once."""
    if follower not in _followers:
        _followers.append(follower)


@contextmanager
def changing(*places: Model) -> Iterator[None]:
    """Say that communities or stations are made, renamed, merged or removed inside.

    All of it is one transaction.
    """
    with transaction.atomic():
        finishing = [follower(places) for follower in _followers]
        yield
        for finish in finishing:
            finish()

"""The lock on an issue.

What decides when an issue appears is changed by the verbs of `issues.scheduling` alone, and from
its locking on so are its date, its pages and what stands on them. The models refuse everybody
else: forms, list actions and a hurried shell alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

_opened: ContextVar[bool] = ContextVar("issue_gate", default=False)

LOCKED_MESSAGE = _("The issue is locked; unlock it first, on its page of scheduling.")


class LockedError(Exception):
    """Something tried to change a locked issue, or to go past the verbs of scheduling."""


@contextmanager
def opened() -> Iterator[None]:
    """Let the verb inside change what the lock holds."""
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


def is_open() -> bool:
    """Whether a verb is at work."""
    return _opened.get()


def locked() -> LockedError:
    """Return the refusal to change a locked issue."""
    return LockedError(LOCKED_MESSAGE)


def for_verbs_alone() -> LockedError:
    """Return the refusal to change a status or an hour without a verb."""
    return LockedError(_("Only the scheduling changes an issue’s status and hour."))

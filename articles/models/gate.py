"""The gate between a text and its readers.

What decides whether a story is public (its status, its time) and the text of a story that has
passed review are changed by the verbs of `articles.reviews` and `articles.publishing` alone. The
models refuse everybody else: forms, list actions, importers and a hurried shell alike. This is no
protection against somebody who rewrites the code; it is one against slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

_opened: ContextVar[bool] = ContextVar("gate", default=False)


class GateError(Exception):
    """Something tried to go past the reviews."""


@contextmanager
def opened() -> Iterator[None]:
    """Let the verb inside change what the gate guards."""
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


def is_open() -> bool:
    """Whether a verb is at work."""
    return _opened.get()


def refuse(names: Iterable[str]) -> None:
    """Refuse a change of these fields, unless a verb is at work.

    Raises:
        GateError: when there are such fields and the gate is shut.

    """
    if not is_open() and (found := sorted(names)):
        raise GateError(
            _("Only a review or the publication changes this: %(fields)s.")
            % {"fields": ", ".join(found)}
        )


class AppendOnlyError(Exception):
    """Something tried to change or delete what stays on record."""


def on_record() -> AppendOnlyError:
    """Return the refusal to change a record."""
    return AppendOnlyError(_("What is on record is neither changed nor deleted."))

"""A reviewer's comments in the story's own form: beside the fields they are about, to be ticked."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from articles import commenting
from articles.models import Article, Comment


def beside_fields(request: HttpRequest, form: BaseForm, story: Article | None) -> dict[str, Any]:
    """Put what is to be settled at the fields of a form.

    Args:
        request: the request; what was ticked in a form that comes back stays ticked.
        form: the form; each of its fields gets its comments.
        story: its story; None for a new one.

    Returns:
        For the page: the comments on what is no field of this form, and how many there are.

    """
    comments = list(commenting.unsettled(story)) if story is not None else []
    ticked = set(request.POST.getlist("settled"))
    elsewhere: list[Comment] = []
    for comment in comments:
        comment.is_ticked = str(comment.pk) in ticked  # type: ignore[attr-defined]
        field: Any = form.fields.get(comment.field)
        if field is None:
            elsewhere.append(comment)
        else:
            field.comments = [*getattr(field, "comments", []), comment]
    return {"other_comments": elsewhere, "open_comments": len(comments)}


def settle_ticked(request: HttpRequest, story: Article) -> None:
    """Settle the comments that were ticked in a form that has been saved."""
    wanted = {int(key) for key in request.POST.getlist("settled") if key.isdecimal()}
    for comment in commenting.unsettled(story):
        if comment.pk in wanted:
            commenting.settle(comment, by=request.user)

"""What the pages that compare two versions of a text are drawn with."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from articles.comparison import Run
from articles.marking import marked_run

register = template.Library()


@register.simple_tag
def show_run(run: Run) -> SafeString:
    """Draw a run of words: as it stands, as gone (`<del>`) or as new (`<ins>`).

    A tag, not an included template: a long story has thousands of runs.
    """
    return marked_run(run)

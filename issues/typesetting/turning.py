"""Turning a story (转版): what has no room on its page goes on on another one of the issue."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from issues.models import Page, Placement, gate


def pages_for(page: Page) -> QuerySet[Page]:
    """Return the pages of the issue that a story of this page may go on on.

    A page that turns a story takes none, and the other way about: its rest is known only when its
    own page is set, and two pages cannot wait for each other.
    """
    turning = Placement.objects.filter(continued_on__isnull=False).values("page")
    return Page.objects.filter(issue=page.issue_id).exclude(pk=page.pk).exclude(pk__in=turning)


@transaction.atomic
def turn(placement: Placement, target: Page | None) -> None:
    """Let a story go on on another page when it has no room, or no longer.

    It is a matter of the layout and not of the plan, so a locked issue may have it too.

    Raises:
        ValidationError: code "no_target" when the story cannot go on there.

    """
    # All pages of the issue, so that two who turn at once come one after the other.
    list(Page.objects.select_for_update().filter(issue__pages=placement.page_id))
    if target is not None and (
        not pages_for(placement.page).filter(pk=target.pk).exists()
        or placement.page.continuations.exists()
    ):
        raise ValidationError(
            _(
                "The story cannot go on on %(page)s: choose a page of this issue that turns no "
                "story itself, and turn none from a page that takes one."
            ),
            code="no_target",
            params={"page": target},
        )
    with gate.opened():
        Placement.objects.filter(pk=placement.pk).update(continued_on=target)
    placement.continued_on = target

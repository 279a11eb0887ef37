"""Finding stories in the newsroom's list, however large the archive is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.models import Article, Status
from articles.search.finding import FEW, approved_holding
from articles.search.query import Query

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Article]
else:
    Base = admin.ModelAdmin


class StatusFilter(admin.ChoicesFieldListFilter):
    """Filters by status, by the queues' index where it can."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        """Return the stories of the status that was chosen."""
        chosen: str | list[str] = self.lookup_val or []
        if chosen and Status.APPROVED not in chosen:
            queryset = queryset.exclude(status=Status.APPROVED)
        return super().queryset(request, queryset)


class FindingAdmin(Base):
    """Answers what is typed into the list's search field.

    What has been approved and has an hour is found as the public finds it, by its whole text; the
    rest, which is little, by the fields of `search_fields`. No more than the newest `FEW` of each
    are shown: another word leads further.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Return the stories that hold what was typed, each once."""
        if not search_term.strip():
            return queryset, False
        keys = approved_holding(Query.read(search_term))
        approved = Q(status=Status.APPROVED)
        for rest in (queryset.exclude(approved), queryset.filter(approved, publish_at=None)):
            found, _duplicates = super().get_search_results(request, rest, search_term)
            keys += found.order_by("-pk").values_list("pk", flat=True)[:FEW]
        return queryset.filter(pk__in=keys), False

"""Sections and tags in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.models import Section, Tag
from articles.search import indexing
from communities.admin_base import NewsroomAdmin
from communities.forms import SlugFromNameForm


@admin.register(Section)
class SectionAdmin(NewsroomAdmin[Section]):
    form = SlugFromNameForm
    list_display = ["name", "kind", "position", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    fields = [("name", "kind"), "intro", ("slug", "position")]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Section, form: Any, change: bool) -> None:
        """Save a section; its stories are found under the name it has now."""
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            named = indexing.findable().filter(Q(section=obj) | Q(column=obj))
            _index(request, named.values_list("pk", flat=True))


@admin.register(Tag)
class TagAdmin(NewsroomAdmin[Tag]):
    form = SlugFromNameForm
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug"]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Save a tag; its stories are found under the word it is now."""
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            _index(request, _tagged(obj))

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        """Delete a tag; its stories are found without it from now on."""
        stories = _tagged(obj)
        super().delete_model(request, obj)
        _index(request, stories)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """Delete tags, the same way."""
        stories = {key for tag in queryset for key in _tagged(tag)}
        super().delete_queryset(request, queryset)
        _index(request, stories)


def _index(request: HttpRequest, keys: Iterable[int]) -> None:
    """Let stories be found by what they name now; say so where that takes a while."""
    if waiting := indexing.index_soon(keys):
        said = ngettext(
            "Search finds %(count)d older story under the old name for a few more minutes.",
            "Search finds %(count)d older stories under the old name for a few more minutes.",
            waiting,
        )
        messages.info(request, said % {"count": waiting})


def _tagged(tag: Tag) -> list[int]:
    return list(indexing.findable().filter(tags=tag).values_list("pk", flat=True))

"""Sections and tags in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

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
            indexing.index(named.values_list("pk", flat=True))


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
            indexing.index(_tagged(obj))

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        """Delete a tag; its stories are found without it from now on."""
        stories = _tagged(obj)
        super().delete_model(request, obj)
        indexing.index(stories)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """Delete tags, the same way."""
        stories = {key for tag in queryset for key in _tagged(tag)}
        super().delete_queryset(request, queryset)
        indexing.index(sorted(stories))


def _tagged(tag: Tag) -> list[int]:
    return list(indexing.findable().filter(tags=tag).values_list("pk", flat=True))

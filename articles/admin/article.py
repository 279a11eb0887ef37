"""Stories in the admin."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import publishing, reviews, revisions
from articles.fate import fate_of, pages_of
from articles.forms import ArticleForm, PhotoForm
from articles.models import (
    Article,
    ArticleQuerySet,
    Photo,
    Status,
)
from articles.ordering import OrderedFormSet
from articles.stages import ReviewError, is_open_to
from communities.admin_base import NewsroomAdmin, Rows
from communities.pictures import MOST_BYTES

from . import (
    checking,
    desk,
    drafts,
    editing,
    history,
    pictures,
    publication,
    reading,
    remarks,
    reviewing,
    steps,
    usage,
    wechat,
)
from .finding import FindingAdmin, StatusFilter
from .meeting import MeetingAdmin
from .signing import SigningAdmin

# Modules with pages of their own: each has `urls(site_admin)`.
PAGES = (
    steps,
    desk,
    reviewing,
    history,
    publication,
    drafts,
    editing,
    checking,
    pictures,
    reading,
    usage,
    wechat,
)


class PhotoInline(Rows):
    model = Photo
    form = PhotoForm
    formset = OrderedFormSet
    fields = ["image", "caption", "alt", ("credit", "position")]
    template = "admin/articles/article/_photos.html"
    most_bytes = MOST_BYTES

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """Add what the script for pictures fills in, where there is something to fill in."""
        opened = obj is None or obj.is_editable_by(request.user)
        return [*self.fields, ("upload", "focus_x", "focus_y")] if opened else self.fields

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Return how many empty rows a browser without script asks for, by `?photo_rows=4`."""
        asked = request.GET.get("photo_rows", "")
        return int(asked) if asked in map(str, range(21)) else 0


@admin.register(Article)
class ArticleAdmin(FindingAdmin, SigningAdmin, MeetingAdmin, NewsroomAdmin[Article]):
    form = ArticleForm
    list_display = [
        "headline",
        "standing",
        "genre",
        "section",
        "by",
        "publish_at",
        "printed",
        "filed_by_name",
    ]
    list_filter = [("status", StatusFilter), "genre", "section", "column"]
    list_select_related = ["section", "filed_by"]
    search_fields = ["headline", "kicker", "bylines__name"]
    search_help_text = _(
        "Search headlines, kickers and names in bylines; in approved stories every word"
    )
    autocomplete_fields = ["communities", "stations", "activities"]
    actions = ["submit_stories"]
    inlines = [PhotoInline]
    change_form_template = "admin/articles/article/change_form.html"
    text_fields = (
        None,
        {"fields": ["headline", "body", "dateline", ("kicker", "deck"), "credit_line"]},
    )
    belonging = (
        _("Where it belongs"),
        {
            "fields": [
                *("genre", ("section", "column"), "communities", "stations", "activities", "tags")
            ]
        },
    )
    planning = (_("Planning"), {"fields": ["deadline", "expires_at"]})
    correction = (_("Correction"), {"fields": ["correction_note"]})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        stories = cast(ArticleQuerySet, super().get_queryset(request))
        return stories.editable_by(request.user)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        stories = reviewing.with_to_review(changelist.result_list, request.user).with_bylines()
        changelist.result_list = stories.prefetch_related("placements__page__issue")
        return changelist

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Let the photos' rows take the pictures this person has uploaded."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, PhotoInline):
            kwargs["form_kwargs"] = {"user": request.user}
        return kwargs

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """The text first; the deadline for those who plan; the source open where it says much."""
        source = {
            "classes": [] if obj is not None and obj.source else ["collapse"],
            "fields": ["source", ("original_title", "original_author"), "responsible_editor"],
        }
        plans = request.user.has_perm("articles.edit_any_article")
        is_copy = obj is not None and obj.revises_id is not None
        return [
            *([self.correction] if is_copy else []),
            self.text_fields,
            self.belonging,
            *([self.planning] if plans else []),
            (_("Source"), source),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.is_editable_by(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Nobody deletes a story: it is discarded, and can be recovered."""
        return False

    def view_on_site(self, obj: Article) -> str | None:
        return obj.get_absolute_url() if obj.is_public() else None

    def autocomplete_text(self, obj: Article) -> str:
        if obj.status == Status.APPROVED:
            return obj.headline
        standing = publishing.standing(obj).label
        return gettext("%(headline)s (%(standing)s)") % {
            "headline": obj.headline,
            "standing": standing,
        }

    @admin.display(description=_("status"), ordering="status")
    def standing(self, obj: Article) -> SafeString:
        return reviewing.leading_to_review(obj, steps.standing_label(obj))

    @admin.display(description=_("bylines"))
    def by(self, obj: Article) -> str:
        return obj.credit_line

    @admin.display(description=_("in print"))
    def printed(self, obj: Article) -> str:
        """Name the pages; what has not appeared yet is said to be planned."""
        named = [
            (f"{date_format(page.date, 'n.j')} {page.code}" if page.date else page.code, page)
            for page in pages_of(obj)
        ]
        return "、".join(
            name if page.address else gettext("%(page)s (planned)") % {"page": name}
            for name, page in named
        )

    @admin.display(description=_("filed by"), ordering="filed_by")
    def filed_by_name(self, obj: Article) -> str:
        return (obj.filed_by.get_full_name() or obj.filed_by.get_username()) if obj.filed_by else ""

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        if not change and request.user.is_authenticated:
            obj.filed_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep what has been saved as a revision, once all that stands under it is saved too."""
        super().save_related(request, form, formsets, change)
        before = form.instance.status
        revisions.record(form.instance, by=request.user)
        remarks.settle_ticked(request, form.instance)
        checking.keep_waivers(request, form.instance)
        self.note_saved(request, form.instance)
        if form.instance.status != before:
            self.message_user(
                request,
                gettext("The text has changed: it goes through the first review again."),
                messages.WARNING,
            )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        """Show the buttons somebody may press, and keep the pictures of a form with errors."""
        story = obj or Article(filed_by_id=request.user.pk)
        context.update(
            show_submit=is_open_to(request.user, "submit", story) and not context["is_popup"],
            steps=steps.offered(obj, request.user) if obj else [],
            standing=steps.standing_label(obj) if obj else None,
            fate=fate_of(obj) if obj else None,
            marked=None if self.has_change_permission(request, obj) else reviewing.as_set(obj),
            to_review=obj is not None and reviews.may_pass(obj, request.user),
            **remarks.beside_fields(request, context["adminform"].form, obj),
        )
        if context["errors"] and request.FILES:
            for rows in context["inline_admin_formsets"]:
                if isinstance(rows.opts, PhotoInline):
                    pictures.keep_chosen(request, rows.formset)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._pressed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, story: Article) -> HttpResponse | None:
        """Submit the story that has just been saved, in the same transaction, if that was asked."""
        if "_submit" not in request.POST:
            return None
        return steps.take(request, story, "submit")

    def get_urls(self) -> list[Any]:
        """Add the addresses of the newsroom's own pages, each in a module of its own."""
        own = [url for module in PAGES for url in module.urls(self)]
        return [*own, *super().get_urls()]

    @admin.action(description=_("Submit the selected stories for review"), permissions=["change"])
    def submit_stories(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Submit each selected story; those that cannot be are named, the others go."""
        done = 0
        for story in queryset:
            try:
                reviews.submit(story, by=request.user)
            except ReviewError as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
            except PermissionDenied:
                refused = gettext("“%(story)s” is not yours to submit.") % {"story": story}
                self.message_user(request, refused, messages.WARNING)
            else:
                done += 1
        if done:
            text = ngettext("%(count)d story submitted.", "%(count)d stories submitted.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

"""Saving a story's form once, on the text it was opened with, and clearing away its draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from articles import drafts, revisions
from articles.conflicts import TEXTS, OpenedForm, differences, opened_with, plain
from articles.drafts import DraftError
from articles.models import Article

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Article]
else:
    Base = admin.ModelAdmin

# What a form sends that is no field of the story.
NOT_TYPED = ("csrfmiddlewaretoken", "base", "draft_key")


class MeetingAdmin(Base):
    """A story's form as several people use it, or one person twice."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save a form once: sent again, it leads to the story, and its text is offered there."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DraftError:
            return self._sent_again(request)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Keep others from a story while its form is being saved."""
        story = super().get_object(request, object_id, from_field)
        saving = request.method == "POST" and _in_transaction()
        if story is None or not saving or not self.has_change_permission(request, story):
            return story
        drafts.claim(cast(User, request.user), request.POST.get("draft_key", ""))
        story = revisions.locked(story)
        _forget_vanished_rows(request, story)
        return story

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Make a new story once, however often its form is sent."""
        if not change:
            drafts.claim(cast(User, request.user), request.POST.get("draft_key", ""))
        super().save_model(request, obj, form, change)

    def note_saved(self, request: HttpRequest, story: Article) -> None:
        """Let the draft of a form go whose story has just been saved and recorded."""
        drafts.finish(cast(User, request.user), request.POST.get("draft_key", ""), story)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the form with what has been saved in between, if anything has."""
        form = context["adminform"].form
        context["conflict"] = None
        if isinstance(form, OpenedForm) and form.conflict is not None:
            opened = opened_with(form.instance, request.POST.get("base"))
            rows = context["inline_admin_formsets"]
            captions = next(
                (_captions(one.formset) for one in rows if one.formset.prefix == "photos"), None
            )
            buttons = ("_submit", "_continue", "_addanother")
            context["conflict"] = {
                "theirs": form.conflict.theirs,
                "is_own": form.conflict.theirs.by_id == request.user.pk,
                "differences": differences(form, opened, captions),
                "pressed": next((name for name in buttons if name in request.POST), "_save"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _sent_again(self, request: HttpRequest) -> HttpResponse:
        """Lead to the story a form has been saved as; what was sent now is kept as a draft."""
        user = cast(User, request.user)
        known = drafts.saved(user, [request.POST["draft_key"]]).select_related("article").first()
        if known is None or known.article is None:
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        if _says_more(request, known.article):
            content = {
                name: values[0] if len(values) == 1 else values
                for name, values in request.POST.lists()
                if name not in NOT_TYPED and name[:1] != "_"
            }
            # What is too much to be kept is on the device that sent it.
            with suppress(DraftError):
                base = known.base_number
                drafts.keep(user, drafts.new_key(), known.article, base, content, sequence=1)
        text = gettext("“%(story)s” had been saved already; this form was sent twice.")
        messages.info(request, text % {"story": known.article})
        return HttpResponseRedirect(
            reverse("admin:articles_article_change", args=[known.article_id])
        )


def _in_transaction() -> bool:
    return transaction.get_connection().in_atomic_block


def _says_more(request: HttpRequest, story: Article) -> bool:
    """Whether a form that was sent again holds another text than the story, or other photos."""
    sent = {name: request.POST[name] for name in (*TEXTS, "credit_line") if name in request.POST}
    return any(plain(text) != plain(getattr(story, name)) for name, text in sent.items()) or (
        "photos-TOTAL_FORMS" in request.POST
        and request.POST["photos-TOTAL_FORMS"] != str(story.photos.count())
    )


def _captions(formset: Any) -> Iterable[str]:
    """Return the captions of the rows that stay."""
    return [
        form["caption"].value() or ""
        for form in formset.forms
        if (form.instance.pk or form.has_changed())
        and not (formset.can_delete and form["DELETE"].value())
    ]


def _forget_vanished_rows(request: HttpRequest, story: Article) -> None:
    """Take rows out of what was sent that are under the story no more.

    Somebody else has removed them; the comparison of both texts shows it. A row that brings a new
    picture along becomes a new one. Left in place they would be refused for ever.
    """
    prefix, total = "photos", request.POST.get("photos-TOTAL_FORMS", "")
    if not total.isdecimal() or int(total) > 1000:
        return
    numbers = range(int(total))
    alive = {str(pk) for pk in story.photos.values_list("pk", flat=True)}
    ids = {n: request.POST.get(f"{prefix}-{n}-id", "") for n in numbers}
    stay = [n for n in numbers if ids[n] in alive]
    gone = {n for n in numbers if ids[n] and ids[n] not in alive}
    if gone:
        files = {name.rpartition("-")[0] for name in request.FILES}
        files |= {f"{prefix}-{n}" for n in gone if request.POST.get(f"{prefix}-{n}-upload")}
        new = [n for n in numbers if not ids[n] or (n in gone and f"{prefix}-{n}" in files)]
        _renumber(request, prefix, stay, new, gone)


def _renumber(
    request: HttpRequest, prefix: str, stay: list[int], new: list[int], gone: set[int]
) -> None:
    """Leave only these rows in what was sent, numbered from 0: those that stay, then the new."""
    places = {old: place for place, old in enumerate([*stay, *new])}
    counted = {f"{prefix}-TOTAL_FORMS": len(places), f"{prefix}-INITIAL_FORMS": len(stay)}

    def moved(lists: Iterable[tuple[str, list[Any]]]) -> Iterator[tuple[str, list[Any]]]:
        for name, values in lists:
            row, _dash, field = name.removeprefix(f"{prefix}-").partition("-")
            if name in counted:
                yield name, [str(counted[name])]
            elif not name.startswith(f"{prefix}-") or not row.isdecimal():
                yield name, values
            elif int(row) in places:
                kept = [""] if field == "id" and int(row) in gone else values
                yield f"{prefix}-{places[int(row)]}-{field}", kept

    sent = QueryDict(mutable=True, encoding=request.encoding)
    for name, values in moved(request.POST.lists()):
        sent.setlist(name, values)
    files = list(moved(request.FILES.lists()))
    request.FILES.clear()
    for name, values in files:
        request.FILES.setlist(name, values)
    cast(Any, request).POST = sent

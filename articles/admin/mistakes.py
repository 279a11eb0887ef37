"""Readers' reports of mistakes (读者纠错) on the desk: a list, and each with its passage marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import mistakes
from articles.commenting import READ_FIRST
from articles.comparison import compare_states, state_words
from articles.marking import set_story
from articles.mistakes import MistakeError
from articles.models import Comment, Correction, MistakeReport
from articles.models.mistake import MistakeReportQuerySet
from articles.passages import loosely
from articles.publishing import PublishingError
from articles.revisions import snapshot
from communities.admin_base import NewsroomAdmin

Said = dict[str, Any]
VERBS: dict[str, Callable[[MistakeReport, Any, Said], Any]] = {
    "answer": lambda report, by, said: mistakes.answer(report, by=by, text=said["answer"]),
    "dismiss": lambda report, by, said: mistakes.dismiss(report, by=by, text=said["answer"]),
    "reopen": lambda report, by, _said: mistakes.reopen(report, by=by),
    "begin_correction": lambda report, by, _said: mistakes.begin_correction(report, by=by),
    "credit": lambda report, by, said: mistakes.credit(
        report, by=by, correction=said["correction"]
    ),
}
DONE = {
    "answer": _("Answered. The reader finds it at the address they were given."),
    "dismiss": _("Answered: no correction needed."),
    "reopen": _("The report is open again."),
    "begin_correction": _(
        "This is the working copy. When it is published, the report is closed with its correction."
    ),
    "credit": _("Closed with the correction."),
}


class DeskForm(forms.Form):
    """What somebody does with a report."""

    verb = forms.ChoiceField(choices=[(name, name) for name in VERBS])
    answer = forms.CharField(required=False, max_length=2000)
    correction = forms.ModelChoiceField(Correction.objects.all(), required=False)

    def clean(self) -> Said | None:
        """Ask for the correction where one is named."""
        cleaned = super().clean() or {}
        if cleaned.get("verb") == "credit" and cleaned.get("correction") is None:
            self.add_error("correction", gettext("Choose a correction."))
        return cleaned


def passage_in(report: MistakeReport, content: dict[str, Any]) -> Comment | None:
    """Return a report's passage as the comment on it that the story is set with.

    Args:
        report: what a reader sent; their words need not be the story's to the letter.
        content: a snapshot of the story.

    Returns:
        A comment that is not kept; None where the words do not stand in the story.

    """
    texts = state_words(content)
    for field in READ_FIRST:
        if span := loosely(report.quote, texts.get(field, "")):
            quote = texts[field][slice(*span)]
            return Comment(quote=quote, field=field, start=span[0])
    return None


@admin.register(MistakeReport)
class MistakeReportAdmin(NewsroomAdmin[MistakeReport]):
    list_display = ["shown", "story", "standing", "at", "answerer"]
    list_filter = ["status"]
    list_select_related = ["article", "answered_by"]
    # Not the contact: a search would tell who has written.
    search_fields = ["text", "quote", "article__headline"]
    search_help_text = _("Search what is wrong, passages and headlines")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[MistakeReport]:
        reports = cast(MistakeReportQuerySet, super().get_queryset(request))
        return reports.visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers make reports, at their own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MistakeReport | None = None) -> bool:
        """Nobody deletes a report: it is answered."""
        return False

    def view_on_site(self, obj: MistakeReport) -> None:
        """Lead nowhere: the address is its reader's."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a report with its passage marked in the story, and do what is asked with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = self.get_object(request, unquote(object_id))
        if report is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            return self._page(request, report)
        if not mistakes.may_answer(request.user):
            raise PermissionDenied
        form = DeskForm(request.POST)
        if not form.is_valid():
            refused = gettext("This cannot be done.")
            return self._page(request, report, refused=refused, typed=form.data.get("answer", ""))
        return self._do(request, report, form.cleaned_data)

    def _do(self, request: HttpRequest, report: MistakeReport, said: Said) -> HttpResponse:
        try:
            with transaction.atomic():
                done = VERBS[said["verb"]](report, request.user, said)
                self.log_change(request, report, str(DONE[said["verb"]]))
        except (MistakeError, PublishingError) as refusal:
            report.refresh_from_db()
            return self._page(request, report, refused=str(refusal), typed=said["answer"])
        messages.success(request, str(DONE[said["verb"]]))
        if said["verb"] == "begin_correction":
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[done.pk]))
        return HttpResponseRedirect(request.path)

    def _page(
        self, request: HttpRequest, report: MistakeReport, *, refused: str = "", typed: str = ""
    ) -> HttpResponse:
        story, user = report.article, request.user
        content = snapshot(story)
        changed = report.revision_id != story.approved_revision_id
        before = report.revision.content if changed else None
        found = passage_in(report, content)
        passages = [found] if found else []
        fields = compare_states(before, content, passages)
        may_answer = mistakes.may_answer(user)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name,
            "opts": self.opts,
            "report": report,
            "article": story,
            "marked": set_story(story, fields, before, passages),
            "found": found,
            "changed": changed,
            "contact": report.contact_for(user),
            "may_answer": may_answer,
            "can": {verb: may_answer and mistakes.can_be(report, verb) for verb in VERBS},
            "corrections": mistakes.corrections_since(report),
            "refused": refused,
            "typed": typed or report.answer,
        }
        return render(request, "admin/articles/mistakereport/report.html", context)

    @admin.display(description=_("what is wrong"))
    def shown(self, obj: MistakeReport) -> str:
        return str(obj)

    @admin.display(description=_("story"))
    def story(self, obj: MistakeReport) -> str:
        return obj.article.headline

    @admin.display(description=_("status"), ordering="status")
    def standing(self, obj: MistakeReport) -> SafeString:
        return format_html('<span class="standing">{}</span>', obj.get_status_display())

    @admin.display(description=_("answered by"))
    def answerer(self, obj: MistakeReport) -> str:
        person = obj.answered_by
        return (person.get_full_name() or person.get_username()) if person else ""

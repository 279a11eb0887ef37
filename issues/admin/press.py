"""The press's own pages in the admin: one page's PDF or picture, or a PDF for a whole issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from issues import press
from issues.models import Issue, Page

if TYPE_CHECKING:
    from issues.admin.issue import IssueAdmin
    from issues.admin.page import PageAdmin

ANY_FILE = "application/pdf,image/jpeg,image/png,image/webp"
# What the verbs refuse a page number for stands at its field; the rest at the file.
AT_NUMBER = ("which", "no_such_page")


class PageFileForm(forms.Form):
    """What the press sent for one page."""

    file = forms.FileField(
        label=_("PDF or picture"),
        help_text=_("The PDF as it went to the press, or a JPEG, PNG or WebP of the page."),
        widget=forms.FileInput(attrs={"accept": ANY_FILE}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    number = forms.IntegerField(
        label=_("page of the PDF"),
        help_text=_("Only where the PDF has several pages: which of them is this one?"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        error_messages={"invalid": _("Give a number, counted from 1.")},
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by its size what could not be taken."""
        upload: UploadedFile = self.cleaned_data["file"]
        press.check_size(upload)
        return upload


class IssueFileForm(forms.Form):
    """What the press sent for an issue: a PDF, and which pages of the issue it holds."""

    file = forms.FileField(
        label=_("PDF of the issue"),
        help_text=_("Each page of the PDF becomes one page of the issue."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    pages = forms.ModelMultipleChoiceField(
        Page.objects.none(),
        label=_("pages that the PDF holds, in this order"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the pages that the PDF holds.")},
    )

    def __init__(self, issue: Issue, *args: Any, **kwargs: Any) -> None:
        """Offer the issue's pages, all of them ticked."""
        super().__init__(*args, **kwargs)
        pages: Any = self.fields["pages"]
        pages.queryset = issue.pages.all()
        pages.initial = [page.pk for page in issue.pages.all()]

    clean_file = PageFileForm.clean_file


def issue_urls(site_admin: IssueAdmin) -> list[URLPattern]:
    """Return where an issue's PDF is uploaded."""
    wrap = site_admin.admin_site.admin_view

    def upload(request: HttpRequest, pk: int) -> HttpResponse:
        issue = get_object_or_404(site_admin.get_queryset(request), pk=pk)
        # The press prints what is locked; its page may be added then, and later too.
        if not request.user.has_perm("issues.change_issue"):
            raise PermissionDenied
        return _issue_press(site_admin, request, issue)

    return [path("<int:pk>/press/", wrap(upload), name="issues_issue_press")]


def page_urls(site_admin: PageAdmin) -> list[URLPattern]:
    """Return where a page's PDF or picture is uploaded, and where it is taken away."""
    wrap = site_admin.admin_site.admin_view

    def upload(request: HttpRequest, pk: int) -> HttpResponse:
        return _page_press(site_admin, request, editable_page(site_admin, request, pk))

    def remove(request: HttpRequest, pk: int) -> HttpResponse:
        page = editable_page(site_admin, request, pk)
        if request.method == "POST":
            press.take_away(page)
            messages.success(request, gettext("The press’s page is taken away; its areas stay."))
        return HttpResponseRedirect(reverse("admin:issues_page_press", args=[pk]))

    return [
        path("<int:pk>/press/", wrap(upload), name="issues_page_press"),
        path("<int:pk>/press/remove/", wrap(remove), name="issues_page_press_remove"),
    ]


def editable_page(site_admin: PageAdmin, request: HttpRequest, pk: int) -> Page:
    """Return a page that somebody may put the press's page on, whether its issue is locked or not.

    Raises:
        Http404: when there is none.
        PermissionDenied: to everybody but issue editors and administrators.

    """
    page = get_object_or_404(site_admin.get_queryset(request), pk=pk)
    if not request.user.has_perm("issues.change_page"):
        raise PermissionDenied
    return page


def _page_press(site_admin: PageAdmin, request: HttpRequest, page: Page) -> HttpResponse:
    form = PageFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        # A form sent with nothing in it is a form that was sent.
        form = PageFileForm(request.POST, request.FILES)
        if form.is_valid() and _take_page(form, page):
            messages.success(request, gettext("The press’s page is kept. Draw its areas next."))
            return HttpResponseRedirect(reverse("admin:issues_page_areas", args=[page.pk]))
    context = {
        **site_admin.admin_site.each_context(request),
        "title": str(page),
        "opts": site_admin.opts,
        "page": page,
        "issue": page.issue,
        "press": getattr(page, "press", None),
        "form": form,
        "errors": form.errors,
    }
    return render(request, "admin/issues/page/press.html", context)


def _take_page(form: PageFileForm, page: Page) -> bool:
    upload, number = form.cleaned_data["file"], form.cleaned_data["number"]
    try:
        if press.is_pdf(upload):
            press.put_pdf([page], upload, number=number)
        else:
            press.put_picture(page, upload)
    except ValidationError as refusal:
        form.add_error("number" if refusal.code in AT_NUMBER else "file", refusal)
        return False
    return True


def _issue_press(site_admin: IssueAdmin, request: HttpRequest, issue: Issue) -> HttpResponse:
    form = IssueFileForm(issue)
    if request.method == "POST":
        form = IssueFileForm(issue, request.POST, request.FILES)
        if form.is_valid() and _take_issue(form):
            count = len(form.cleaned_data["pages"])
            text = ngettext(
                "%(count)d page of the press is kept.",
                "%(count)d pages of the press are kept.",
                count,
            )
            messages.success(request, text % {"count": count})
            return HttpResponseRedirect(reverse("admin:issues_issue_press", args=[issue.pk]))
    context = {
        **site_admin.admin_site.each_context(request),
        "title": str(issue),
        "opts": site_admin.opts,
        "issue": issue,
        "pages": issue.pages.select_related("press"),
        "form": form,
        "errors": form.errors,
    }
    return render(request, "admin/issues/issue/press.html", context)


def _take_issue(form: IssueFileForm) -> bool:
    pages = list(form.cleaned_data["pages"])
    try:
        press.put_pdf(pages, form.cleaned_data["file"], whole=True)
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return False
    return True

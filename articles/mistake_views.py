"""Where readers report a mistake in a story, and where each finds what was answered.

A story's own page sets no cookie and is kept for everybody, so the form has an address of its own.
"""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles import mistakes
from articles.mistake_forms import MistakeForm, sent_from_here
from articles.mistakes import TooManyError
from articles.models import Article, MistakeReport
from articles.models.mistake import LONGEST_QUOTE
from articles.senders import address_of


@csrf_exempt  # No login and no cookie stands behind it; a token would need a cookie. See the form.
@never_cache
@sensitive_post_parameters("contact")
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form for a mistake in a story (`?quote=` fills in the passage), or take it."""
    story = get_object_or_404(Article.objects.published(), pk=pk)
    about: dict[str, Any] = {"story": story.pk, "at": timezone.now()}
    if request.method != "POST":
        quote = request.GET.get("quote", "").replace("\x00", "")[:LONGEST_QUOTE]
        return _form_page(request, story, MistakeForm(initial={"quote": quote}, **about))
    form = MistakeForm(request.POST, **about, from_here=sent_from_here(request))
    if not form.is_valid():
        return _form_page(request, story, form, status=422)
    said = {name: form.cleaned_data[name] for name in ("quote", "text", "contact")}
    try:
        report = mistakes.send(story, **said, address=address_of(request), at=about["at"])
    except TooManyError as refusal:
        form.add_error(None, str(refusal))
        response = _form_page(request, story, form, status=429, too_many=True)
        seconds = (refusal.again_at - about["at"]).total_seconds()
        response["Retry-After"] = str(math.ceil(seconds))
        return response
    return HttpResponseRedirect(report.get_absolute_url(), status=303)


def _form_page(
    request: HttpRequest, story: Article, form: MistakeForm, status: int = 200, **context: Any
) -> HttpResponse:
    context.update(article=story, form=form, days=settings.MISTAKE_CONTACT_DAYS)
    response = render(request, "articles/mistake.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@never_cache
def mistake_report(request: HttpRequest, token: str) -> HttpResponse:
    """Show a reader what they have sent and what was answered, at their private address."""
    reports = MistakeReport.objects.select_related("article", "correction")
    report = get_object_or_404(reports, token=token)
    context = {
        "report": report,
        "address": request.build_absolute_uri(request.path),
        "days": settings.MISTAKE_CONTACT_DAYS,
    }
    response = render(request, "articles/mistake_report.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the secret: it is not to be told to the pages it links to.
    response["Referrer-Policy"] = "no-referrer"
    return response

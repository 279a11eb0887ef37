"""What lets a phone keep the paper: manifest, service worker, the page shown without a line.

The worker asks the network first, always: a page that was kept is shown only where no answer comes.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

PAPER, RED = "#fdfcf9", "#b5121b"


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a phone how the paper is put on its first screen (W3C Web Application Manifest)."""
    icon = {"type": "image/png", "purpose": "any"}
    content = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": settings.SITE_MOTTO or settings.SITE_NAME,
        "lang": "zh-Hans",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["news"],
        "icons": [
            {**icon, "src": static("img/icon-192.png"), "sizes": "192x192"},
            {**icon, "src": static("img/icon-512.png"), "sizes": "512x512"},
            {
                **icon,
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(
        content,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps what was read; browsers look for a newer one by its bytes."""
    return render(request, "bulletin/service-worker.js", content_type="text/javascript")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no line, and what can be read without one."""
    return render(request, "bulletin/offline.html")

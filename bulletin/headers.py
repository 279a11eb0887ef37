"""What every answer says to browsers beside the Content-Security-Policy.

Django's SecurityMiddleware sends HSTS, nosniff, the referrer policy and the opener policy
(`Cross-Origin-Opener-Policy: same-origin`); these two it does not know.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The finder asks where the device is; the rest nothing needs, least of all what gets into a page.
# Only names that browsers have agreed on stand here: an unknown one is an error on the console.
DEVICES = {
    "accelerometer": "()",
    "camera": "()",
    "display-capture": "()",
    "geolocation": "(self)",
    "gyroscope": "()",
    "magnetometer": "()",
    "microphone": "()",
    "midi": "()",
    "payment": "()",
    "usb": "()",
}
PERMISSIONS = ", ".join(f"{device}={who}" for device, who in DEVICES.items())


class BrowserHeaders:
    """Middleware: say which devices a page may use, and which sites may build an answer in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with both headers, unless a view has said otherwise."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        # Picture cards and QR codes are made to be shown by others; pages and the newsroom are not.
        is_public_picture = response.get("Content-Type", "").startswith(
            "image/"
        ) and not request.path_info.startswith("/admin/")
        whose = "cross-origin" if is_public_picture else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", whose)
        return response

"""Every address of the site; they are listed in design order: home, stories, places, issues."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

from bulletin import offline, sharing, sitemaps, views

# What residents read has an address in each language; the default one's has no prefix.
urlpatterns = i18n_patterns(
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("communities.urls")),
    path("", include("issues.urls")),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("offline/", offline.offline, name="offline"),
    prefix_default_language=False,
)
urlpatterns += [
    path("articles/<int:pk>/qr.svg", sharing.qr_code, name="qr_code"),
    path("articles/<int:pk>/card.png", sharing.card, name="card"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/stories-<month:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemaps/<slug:name>.xml", sitemaps.part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("admin/", admin.site.urls),
]

if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT})]

handler404 = "bulletin.views.not_found"
handler500 = "bulletin.views.server_error"

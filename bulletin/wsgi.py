"""The WSGI application that granian serves: Django, with the page cache in front of it."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")

application: WSGIApplication = get_wsgi_application()

if settings.PAGE_CACHE_MEGABYTES:
    # Models can be imported only after Django has been set up.
    from bulletin.pagecache.layer import PageCache
    from bulletin.pagecache.store import Store
    from bulletin.pagecache.version import Version
    from bulletin.replica import public_alias

    megabytes = settings.PAGE_CACHE_MEGABYTES
    store, version = Store(megabytes * 1024 * 1024), Version(public_alias)
    application = PageCache(application, store, version)

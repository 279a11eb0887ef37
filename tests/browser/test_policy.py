"""The Content-Security-Policy in a browser: nothing of ours breaks it, on any page.

A breach is an error on the console, and `device` hears those.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.bulletin.test_admin_walk import addresses, story
from tests.factories import make_article
from tests.newsroom import client_of

from .devices import DESKTOP, admin

__all__ = ["story"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def superuser() -> User:
    return User.objects.create_superuser("root")


def test_every_address_of_the_admin_that_shows_a_page(device, story, superuser):
    """The addresses are the admin's own, so that a page added tomorrow is looked at too."""
    asking = client_of(superuser)
    shown = []
    for address in addresses(story):
        response = asking.get(address)
        if response.status_code in (200, 404) and "html" in response["Content-Type"]:
            shown.append(address)
        response.close()
    assert len(shown) > 80
    page = device(superuser, DESKTOP, refusals=True)
    for address in [*shown, f"{admin('articles_tag_add')}?_popup=1"]:
        response = page.goto(address)
        assert response.status in (200, 404), address


@pytest.mark.parametrize("login", ["nobody", "superuser"])
def test_pages_that_say_that_something_is_wrong(device, monkeypatch, login, request):
    make_article("灯亮了")
    someone = request.getfixturevalue("superuser") if login == "superuser" else None
    page = device(someone, refusals=True)
    for path, status in (("/nowhere/", 404), ("/admin/nowhere/", 404 if someone else 200)):
        assert page.goto(path).status == status
    monkeypatch.setattr("bulletin.views.compose", lambda: 1 / 0)
    assert page.goto("/").status == 500
    monkeypatch.setattr("bulletin.admin_site.day_of", lambda *given, **more: 1 / 0)
    assert page.goto(reverse("admin:index")).status == (500 if someone else 200)

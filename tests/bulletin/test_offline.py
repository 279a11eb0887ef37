"""The manifest and the service worker as the server gives them."""

import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

pytestmark = pytest.mark.django_db


def test_manifest_names_icons_that_are_what_it_says(client, settings):
    settings.SITE_NAME = "青禾社区报"
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    content = answer.json()
    assert (content["name"], content["start_url"], content["scope"]) == ("青禾社区报", "/", "/")
    for icon in content["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(path) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in content["icons"]} == {"any", "maskable"}


def test_worker_keeps_what_is_there(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    script = answer.content.decode()
    parts = re.findall(r'"/static/([^"]+)"', script)
    assert len(parts) >= 3
    assert all(finders.find(part) for part in parts)
    for name in ("OFFLINE = ", "FIRST = ["):
        for address in re.findall(r'"(/[^"]*)"', re.search(re.escape(name) + ".*", script)[0]):
            assert client.get(address).status_code == 200, address
